// What happens in the runner, as data: everything that any view of it shows, and nothing about how.
// An event can be written as one line of JSON and read back; `--json` does that. A view ignores the
// kinds that it does not know.

import type { Explored } from '@workshop/shared/explore'
import type { MachineRow } from '../machine.ts'
import type { TypeProblem } from '../loop/types.ts'

/** An exercise as views name it. */
export type ExerciseName = {
  /** `03` */
  readonly number: string
  /** `03-idempotent-business-logic` */
  readonly folder: string
  readonly title: string
  readonly minutes: number
  /** The files to change, from the root of the repository. */
  readonly edit: readonly string[]
}

export type TestEvent = {
  readonly name: string
  readonly ok: boolean
  readonly code?: string
  /** The sentence, and below it the picture and the line that replays it. */
  readonly message?: string
  readonly ms: number
  /** What its explorations covered. */
  readonly explored: readonly Explored[]
}

export type Status = 'open' | 'done' | 'skipped'

export type RunnerEvent =
  /** The workshop is open; `last` is how the exercise stood when it was closed. */
  | {
      readonly kind: 'opened'
      readonly machine: readonly MachineRow[]
      readonly exercise: ExerciseName
      readonly done: number
      readonly of: number
      readonly last?: { readonly verdict: 'green' | 'red'; readonly at: string }
    }
  | {
      readonly kind: 'running'
      readonly exercise: ExerciseName
      readonly why: 'opened' | 'saved' | 'asked'
    }
  /** The tests of one run, in the order of the README. */
  | {
      readonly kind: 'result'
      readonly exercise: ExerciseName
      readonly verdict: 'green' | 'red'
      readonly tests: readonly TestEvent[]
      readonly printed: readonly string[]
      readonly notShown: number
      readonly ms: number
      /** How many runs in a row ended in this failure, this one included. */
      readonly sameFailures: number
      readonly done: number
      readonly of: number
    }
  /** What the compiler says of the same files; it comes before or after the result. */
  | {
      readonly kind: 'types'
      readonly exercise: ExerciseName
      readonly problems: readonly TypeProblem[]
    }
  /** Tests and types are both fine. */
  | {
      readonly kind: 'green'
      readonly exercise: ExerciseName
      readonly isFirst: boolean
      readonly done: number
      /** What holds now, and what is still open, in the words of the exercise's page. */
      readonly holds: readonly string[]
      readonly open: string
      readonly next?: ExerciseName
    }
  /** Wider bounds than the exercise's own, tried in the background after green. */
  | {
      readonly kind: 'wider'
      readonly exercise: ExerciseName
      readonly state: 'running' | 'holds' | 'breaks'
      readonly schedules: number
      readonly test?: TestEvent
    }
  | {
      readonly kind: 'hint'
      readonly exercise: ExerciseName
      readonly number: number
      readonly of: number
      readonly title: string
      readonly text: string
      /** Whether it was the last one, and was shown before. */
      readonly isRepeated: boolean
    }
  /** One schedule, step by step. */
  | { readonly kind: 'trace'; readonly exercise: ExerciseName; readonly text: string }
  | {
      readonly kind: 'difference'
      readonly exercise: ExerciseName
      readonly files: readonly {
        readonly file: string
        /** A unified diff from the reader's file to the solution's. Empty: they say the same. */
        readonly lines: readonly string[]
      }[]
      readonly added: number
      readonly removed: number
    }
  | {
      readonly kind: 'solution'
      readonly exercise: ExerciseName
      readonly page: string
      readonly files: readonly { readonly file: string; readonly text: string }[]
    }
  /** Something stays closed for now: `why`, and what opens it. */
  | { readonly kind: 'closed'; readonly exercise: ExerciseName; readonly why: string }
  /** Files of the reader's were written; what they were is kept. */
  | {
      readonly kind: 'written'
      readonly exercise: ExerciseName
      readonly what: 'reset' | 'solution taken' | 'undone' | 'missing files brought back' | 'moved'
      readonly files: readonly string[]
      readonly left: readonly string[]
      /** Where the files as they were are kept, from the root; absent: there was nothing to
       *  keep. */
      readonly kept?: string
    }
  | { readonly kind: 'skipped'; readonly exercise: ExerciseName }
  | { readonly kind: 'went'; readonly exercise: ExerciseName }
  | {
      readonly kind: 'list'
      readonly exercises: readonly (ExerciseName & {
        readonly part: number
        readonly status: Status
        readonly isCurrent: boolean
        /** Whether the reader's files differ from the start. */
        readonly isChanged: boolean
      })[]
    }
  /** A sentence that belongs to no run, such as that file events do not arrive. */
  | { readonly kind: 'notice'; readonly text: string }
  /** A file of the solution was edited, where it works for nobody. */
  | { readonly kind: 'stray'; readonly file: string; readonly belongs: string }
  | { readonly kind: 'help'; readonly lines: readonly string[] }
  /** Something of the machine stands in the way; it is not the reader's code. */
  | { readonly kind: 'setup'; readonly text: string }
  /** Every exercise is done or skipped. */
  | { readonly kind: 'finished'; readonly done: number; readonly skipped: number }

export type EventOf<Kind extends RunnerEvent['kind']> = Extract<RunnerEvent, { kind: Kind }>
export type Emit = (event: RunnerEvent) => void
