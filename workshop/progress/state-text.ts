// The text of `.workshop/state.json`: JSON that people can read and git can merge, an exercise a
// line, sorted. What this version does not know is carried along; what cannot be understood as a
// whole is understood line by line.

import { z } from 'zod'
import { type ExerciseProgress, noProgress, type Progress, slugOf } from './state.ts'

export type Understood =
  | { readonly kind: 'current'; readonly progress: Progress }
  | { readonly kind: 'older'; readonly version: 0; readonly progress: Progress }
  | { readonly kind: 'newer'; readonly version: number }
  /** `progress` is what its whole lines say. */
  | { readonly kind: 'damaged'; readonly progress: Progress }

const count = z.number().int().min(0)

const exerciseSchema = z.looseObject({
  status: z.enum(['open', 'done', 'skipped']),
  runs: count.default(0),
  redInARow: count.default(0),
  failure: z.string().optional(),
  sameFailures: count.default(0),
  codes: z.array(z.string()).optional(),
  lastRun: z
    .looseObject({ at: z.string(), verdict: z.enum(['green', 'red']), passed: count, of: count })
    .optional(),
  doneAt: z.string().optional(),
  hints: count.default(0),
  solution: z.enum(['seen', 'taken']).optional(),
  start: z.string().optional(),
})

const schema = z.looseObject({
  version: z.literal(1),
  current: z.string().optional(),
  exercises: z.record(z.string(), exerciseSchema).default({}),
  said: z.array(z.string()).default([]),
})

/** Version 0 had no number: the folders of the exercises that were done, and the current one. */
const version0 = z.object({
  version: z.never().optional(),
  done: z.array(z.string()),
  skipped: z.array(z.string()).default([]),
  current: z.string().optional(),
})

/** Never throws. */
export function parseProgress(text: string): Understood {
  const value = parsed(text.replace(/^\uFEFF/, ''))
  const current = schema.safeParse(value)
  if (current.success) return { kind: 'current', progress: current.data as Progress }
  const version = z.object({ version: z.number().int().min(2) }).safeParse(value)
  if (version.success) return { kind: 'newer', version: version.data.version }
  const older = version0.safeParse(value)
  if (older.success) return { kind: 'older', version: 0, progress: fromVersion0(older.data) }
  return { kind: 'damaged', progress: salvaged(text) }
}

function fromVersion0({ done, skipped, current }: z.output<typeof version0>): Progress {
  const all = (folders: readonly string[], status: 'done' | 'skipped') =>
    folders.map((folder) => [slugOf(folder), exerciseSchema.parse({ status })] as const)
  return {
    ...noProgress,
    ...(current === undefined ? {} : { current: slugOf(current) }),
    exercises: Object.fromEntries([
      ...all(skipped, 'skipped'),
      ...all(done, 'done'),
    ]) as Progress['exercises'],
  }
}

/** What the lines that are whole say: the rest of a file that was cut off, or merged by hand. */
function salvaged(text: string): Progress {
  const exercises: Record<string, ExerciseProgress> = {}
  let current: string | undefined
  for (const line of text.split('\n')) {
    const value = parsed(`{${line.trim().replace(/,$/, '')}}`)
    const [entry] = Object.entries(value ?? {})
    if (!entry) continue
    const exercise = exerciseSchema.safeParse(entry[1])
    if (exercise.success) exercises[entry[0]] = exercise.data as ExerciseProgress
    if (entry[0] === 'current' && typeof entry[1] === 'string') current = entry[1]
  }
  return { ...noProgress, ...(current === undefined ? {} : { current }), exercises }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Ends in a line end. Throws for what `parseProgress` would not take back. */
export function progressText(progress: Progress): string {
  const { version, current, exercises, said, ...unknown } = progress
  const lines = [
    `"version": ${version}`,
    ...(current === undefined ? [] : [`"current": ${JSON.stringify(current)}`]),
    `"exercises": ${block(
      '{}',
      sorted(exercises).map(([slug, one]) => member(slug, inOrder(one))),
    )}`,
    `"said": ${block(
      '[]',
      said.map((notice) => JSON.stringify(notice)),
    )}`,
    ...sorted(unknown).map(([key, value]) => member(key, value)),
  ]
  const text = `{\n  ${lines.join(',\n  ')}\n}\n`
  const back = parseProgress(text)
  if (back.kind === 'current') return text
  throw new Error(`expected progress that can be read back, got ${text}`)
}

const member = (key: string, value: unknown): string =>
  `${JSON.stringify(key)}: ${JSON.stringify(value)}`

const block = ([open = '', close = '']: string, members: readonly string[]): string =>
  members.length === 0 ? open + close : `${open}\n    ${members.join(',\n    ')}\n  ${close}`

/** The fields that are known, in the order of their description, then the others. */
const inOrder = (one: ExerciseProgress): object =>
  Object.fromEntries([
    ...Object.keys(exerciseSchema.shape)
      .filter((key) => Object.hasOwn(one, key))
      .map((key) => [key, one[key as keyof ExerciseProgress]]),
    ...sorted<unknown>(one).filter(([key]) => !Object.hasOwn(exerciseSchema.shape, key)),
  ])

const sorted = <T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] =>
  Object.entries(record)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))

/** `after` with the fields of `before` that this version does not know and `after` leaves out. */
export function withUnknown(before: Progress, after: Progress): Progress {
  const unknownOf = (record: object, known: object): object =>
    Object.fromEntries(Object.entries(record).filter(([key]) => !Object.hasOwn(known, key)))
  const exercises = Object.entries(after.exercises).map(([slug, one]) => {
    const was = Object.hasOwn(before.exercises, slug) ? before.exercises[slug] : {}
    return [slug, { ...unknownOf(was ?? {}, exerciseSchema.shape), ...one }]
  })
  return {
    ...unknownOf(before, schema.shape),
    ...after,
    exercises: Object.fromEntries(exercises) as Progress['exercises'],
  }
}
