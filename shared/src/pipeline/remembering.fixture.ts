// A log that keeps its lines for a look, with the fields that its children were bound to.

import type { Log } from './context.ts'

export type Line = { readonly level: string; readonly text: string } & Record<string, unknown>

/** Adds each line to `lines`. */
export function remembering(lines: Line[], bound: Record<string, unknown> = {}): Log {
  const at = (level: string) => (fields: Record<string, unknown>, text: string) =>
    void lines.push({ ...bound, ...fields, level, text })
  return {
    child: (fields) => remembering(lines, { ...bound, ...fields }),
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  }
}
