// Where in the reader's code something was called from: the first place on its stack that is
// neither in the core, nor in a library, nor in Node.

export type Source = { readonly file: string; readonly line: number }

const frame = /\(?(?:file:\/\/)?([^()\s]+):(\d+):\d+\)?$/

export function sourceOf(stack: string | undefined): Source | undefined {
  for (const line of stack?.split('\n').slice(1) ?? []) {
    const [, path = '', number = ''] = frame.exec(line.trim()) ?? []
    if (path === '' || /^node:|[/\\]node_modules[/\\]|[/\\]shared[/\\]src[/\\]/.test(path)) continue
    return { file: path.split(/[/\\]/).at(-1) ?? path, line: Number(number) }
  }
  return undefined
}

/** ` at orders.ts:12`, or nothing where nobody knows. */
export function placeIn(stack: string | undefined): string {
  const source = sourceOf(stack)
  return source ? ` at ${source.file}:${source.line}` : ''
}
