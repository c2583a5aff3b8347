// A lecture as it stands in its file: a page with front matter, slides, presenter notes and
// questions. It reads, and judges nothing but what cannot be read; `shape.ts` says what is missing.

import { z } from 'zod'
import { SetupProblem } from '../command.ts'
import { type Page, proseLines, readPage } from './page.ts'

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

export type Lecture = Page & {
  readonly front: LectureFront
  readonly slides: readonly Slide[]
}

const exercise = z.string().regex(/^\d\d$/, 'expected the number of an exercise, such as 03')

const front = z
  .strictObject({
    title: z.string().min(1),
    minutes: z.coerce.number().int().min(5).max(15),
    /** The exercise that follows. */
    before: exercise.optional(),
    /** Or the one that it looks back at. */
    after: exercise.optional(),
  })
  .transform(({ title, minutes, before, after }, context) => {
    const number = before ?? after
    if (number !== undefined && (before === undefined || after === undefined)) {
      return { title, minutes, exercise: number, isBefore: before !== undefined }
    }
    context.addIssue('expected either "before" or "after", with the number of an exercise')
    return z.NEVER
  })

export type LectureFront = z.output<typeof front>

/** Throws a `SetupProblem` that names `path` where front matter or a fence is broken. */
export function readLecture(path: string, text: string): Lecture {
  const lines = text.split('\n')
  const end = lines[0] === '---' ? lines.indexOf('---', 1) : -1
  if (end < 0) throw new SetupProblem(`${path}: expected front matter between lines of ---`)
  const page = readPage(path, text)
  const prose = proseLines(page)
  const slides: Slide[] = []
  let begin = end + 1
  for (let index = begin; index <= prose.length; index += 1) {
    if (index < prose.length && prose[index] !== '---') continue
    slides.push({ ...readSlide(prose.slice(begin, index).join('\n')), line: begin + 1 })
    begin = index + 1
  }
  return { ...page, front: readFront(path, lines.slice(1, end)), slides }
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
