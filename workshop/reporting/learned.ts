// What an attendee has learned, as data: of each exercise that is done what holds now and what is
// still open, in the words of its own pages; of the others nothing that would spoil them.

import { failureCodes, isFailureCode } from '@workshop/shared/check'
import type { Exercise } from '../catalogue/exercise.ts'
import { guaranteesOf, sectionOf } from '../catalogue/readme.ts'
import type { Attempt } from '../progress/attempts.ts'
import { type ExerciseProgress, type Progress, progressOf, slugOf } from '../progress/state.ts'

export type MetCode = { readonly code: string; readonly meaning: string }

export type Learned = {
  readonly number: string
  /** `03-idempotent-business-logic` */
  readonly folder: string
  readonly title: string
  readonly status: ExerciseProgress['status']
  readonly runs: number
  readonly hints: number
  readonly solution: ExerciseProgress['solution']
  /** When it was green for the first time, in ISO 8601. */
  readonly doneAt: string | undefined
  readonly codes: readonly MetCode[]
  /** Sentences. Empty unless it is done. */
  readonly holds: readonly string[]
  /** Markdown of a paragraph each; links in it are relative to its page in `solutions/`. Empty
   *  unless it is done. */
  readonly open: readonly string[]
  readonly attempts: readonly Attempt[]
}

/** One for each exercise, in order. `attempts` are those of all. */
export const learnedOf = (
  exercises: readonly Exercise[],
  progress: Progress,
  attempts: readonly Attempt[],
): readonly Learned[] =>
  exercises.map((exercise) => {
    const { folder, number, front, start, solutionFolder } = exercise
    const known = progressOf(progress, slugOf(folder))
    const { status, runs, hints, solution, doneAt } = known
    const isDone = status === 'done'
    return {
      number,
      folder,
      title: front.title,
      status,
      runs,
      hints,
      solution,
      doneAt,
      codes: codesOf(known),
      holds: isDone ? guaranteesOf(start.get('README.md') ?? '') : [],
      open: isDone ? notPromised(solutionFolder.get('README.md') ?? '') : [],
      attempts: attempts.filter((attempt) => slugOf(attempt.exercise) === slugOf(folder)),
    }
  })

/** Older progress knows the last failure and no more. */
function codesOf({ codes, failure = '' }: ExerciseProgress): readonly MetCode[] {
  const met = codes ?? [failure.split(':')[0] ?? '']
  return met.filter(isFailureCode).map((code) => ({ code, meaning: failureCodes[code] }))
}

/** The points of "What it does not promise", each of which begins with what is not promised; where
 *  it has none, its first paragraph. */
function notPromised(page: string): readonly string[] {
  const section = sectionOf(page, 'What it does not promise')
  const [before = '', ...items] = section.split(/^- /m)
  const points = items.filter((item) => item.startsWith('**'))
  return (points.length > 0 ? points : [before])
    .map((point) => (point.split('\n\n')[0] ?? '').replaceAll(/\s+/g, ' ').trim())
    .filter(Boolean)
}

/** The codes of all, each once, in the order in which they were met. */
export const allCodes = (all: readonly Learned[]): readonly MetCode[] => [
  ...new Map(all.flatMap(({ codes }) => codes).map((met) => [met.code, met])).values(),
]
