// A lecture as it stands in its file: front matter, slides, presenter notes, questions, and the
// fenced blocks whose contents come from somewhere else. It reads, and judges nothing but what
// cannot be read; `shape.ts` says what is missing.

import { z } from 'zod'
import { SetupProblem } from '../command.ts'

export type Block = {
  /** What stands behind the opening fence: `space-time 03 start however often`. */
  readonly info: string
  readonly text: string
  /** The lines of the file between the fences, from 0; `end` is the closing fence. */
  readonly start: number
  readonly end: number
}

export type Slide = {
  /** Its headings of the first and second level; it should be one. */
  readonly headings: readonly string[]
  /** What the presenter says, one text for each place that is marked as notes. */
  readonly notes: readonly string[]
  /** What the room is asked. */
  readonly questions: readonly string[]
  /** All of it but the insides of its blocks. */
  readonly prose: string
  /** Where it begins in the file, from 1. */
  readonly line: number
}

export type Lecture = {
  /** `lectures/03-delivery-patterns.md` */
  readonly path: string
  readonly front: LectureFront
  readonly text: string
  readonly slides: readonly Slide[]
  readonly blocks: readonly Block[]
}

const front = z.strictObject({
  title: z.string().min(1),
  minutes: z.coerce.number().int().min(5).max(15),
  /** The exercise that follows. */
  before: z.string().regex(/^\d\d$/, 'expected the number of an exercise, such as 03'),
})

export type LectureFront = z.output<typeof front>

/** Throws a `SetupProblem` that names `path` where front matter or a fence is broken. */
export function readLecture(path: string, text: string): Lecture {
  const lines = text.split('\n')
  const end = lines[0] === '---' ? lines.indexOf('---', 1) : -1
  if (end < 0) throw new SetupProblem(`${path}: expected front matter between lines of ---`)
  const blocks = blocksOf(path, lines)
  const isFenced = (index: number): boolean =>
    blocks.some((block) => index >= block.start && index < block.end)
  const slides: Slide[] = []
  let begin = end + 1
  for (let index = begin; index <= lines.length; index += 1) {
    if (index < lines.length && (lines[index] !== '---' || isFenced(index))) continue
    const prose = lines.map((line, at) => (isFenced(at) ? '' : line)).slice(begin, index)
    slides.push({ ...readSlide(prose.join('\n')), line: begin + 1 })
    begin = index + 1
  }
  return { path, front: readFront(path, lines.slice(1, end)), text, slides, blocks }
}

function readFront(path: string, lines: readonly string[]): LectureFront {
  const pairs = lines.map((line) => {
    const [, key, value] = /^([a-z]+): +(.+)$/.exec(line) ?? []
    if (key !== undefined && value !== undefined) return [key, value] as const
    throw new SetupProblem(`${path}: expected a line "key: value", got "${line}"`)
  })
  const result = front.safeParse(Object.fromEntries(pairs))
  if (result.success) return result.data
  throw new SetupProblem(`${path}: ${z.prettifyError(result.error)}`)
}

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

const notesPattern = /^<details><summary>Notes<\/summary>\n(.*?)^<\/details>$/gms
const questionPattern = /^> \*\*To the room:\*\* (.*(?:\n> .*)*)/gm

function readSlide(prose: string): Omit<Slide, 'line'> {
  const matches = (pattern: RegExp): readonly string[] =>
    [...prose.matchAll(pattern)].map(([, found = '']) => found.trim())
  return {
    headings: matches(/^##? (.+)$/gm),
    notes: matches(notesPattern),
    questions: matches(questionPattern),
    prose,
  }
}

/** The text of a lecture with other contents in some of its blocks. */
export function withBlocks(
  { text, blocks }: Lecture,
  contents: ReadonlyMap<Block, string>,
): string {
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
