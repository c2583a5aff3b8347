// A page with blocks: its text, and the fenced blocks whose contents come from somewhere else. A
// lecture is one, and so are the glossary and the handouts. It reads, and judges nothing but what
// cannot be read.

import { SetupProblem } from '../command.ts'

export type Block = {
  /** What stands behind the opening fence: `space-time 03 start however often`. */
  readonly info: string
  readonly text: string
  /** The lines of the file between the fences, from 0; `end` is the closing fence. */
  readonly start: number
  readonly end: number
}

export type Page = {
  /** `lectures/glossary.md` */
  readonly path: string
  readonly text: string
  readonly blocks: readonly Block[]
}

/** Throws a `SetupProblem` that names `path` where a fence is never closed. */
export const readPage = (path: string, text: string): Page => ({
  path,
  text,
  blocks: blocksOf(path, text.split('\n')),
})

function blocksOf(path: string, lines: readonly string[]): readonly Block[] {
  const blocks: Block[] = []
  let open: { readonly info: string; readonly start: number } | undefined
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith('```')) continue
    if (!open) open = { info: line.slice(3).trim(), start: index + 1 }
    else {
      const text = lines.slice(open.start, index).join('\n')
      blocks.push({ ...open, text, end: index })
      open = undefined
    }
  }
  if (!open) return blocks
  throw new SetupProblem(`${path}:${open.start}: expected a fence that closes this one, got none`)
}

/** Its lines, with an empty one for each inside of a block. */
export function proseLines({ text, blocks }: Page): readonly string[] {
  const isFenced = (index: number): boolean =>
    blocks.some(({ start, end }) => index >= start && index < end)
  return text.split('\n').map((line, index) => (isFenced(index) ? '' : line))
}

/** The text of a page with other contents in some of its blocks. */
export function withBlocks({ text, blocks }: Page, contents: ReadonlyMap<Block, string>): string {
  const lines = text.split('\n')
  // From the end, as what comes before keeps its place.
  for (const block of blocks.toReversed()) {
    const content = contents.get(block)
    if (content === undefined) continue
    const added = content === '' ? [] : content.split('\n')
    lines.splice(block.start, block.end - block.start, ...added)
  }
  return lines.join('\n')
}
