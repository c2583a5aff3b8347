// Where in the reader's code an operation was called from: the first place on its stack that is
// neither in the core nor in a library.

import type { Source } from '../diagram/index.ts'

const frame = /\(?(?:file:\/\/)?([^()\s]+):(\d+):\d+\)?$/

export function sourceOf(stack: string | undefined): Source | undefined {
  for (const line of stack?.split('\n').slice(1) ?? []) {
    const [, path = '', number = ''] = frame.exec(line.trim()) ?? []
    if (path === '' || /^node:|[/\\]node_modules[/\\]|[/\\]shared[/\\]src[/\\]/.test(path)) continue
    return { file: path.split(/[/\\]/).at(-1) ?? path, line: Number(number) }
  }
  return undefined
}
