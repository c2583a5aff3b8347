// A soak that goes on: what it was asked for, and everything that takes part in it.

import type { Load } from './load.ts'
import type { Scene } from './scene.ts'
import type { Stage } from './troubles.ts'

export type SoakOptions = {
  /** The folder of the exercise: `13-outbox`. */
  readonly exercise: string
  /** `solution`, `mine`, or the name of a wrong answer. */
  readonly answer: string
  /** The folder with its files. */
  readonly code: string
  readonly broker: 'sqlite' | 'rabbitmq'
  readonly seconds: number
  readonly seed: string
  readonly print: (line: string) => void
  /** Ends it early. */
  readonly signal: AbortSignal
}

export type Run = Stage & {
  readonly options: SoakOptions
  readonly scene: Scene
  /** For everything that it writes. Gone when it is over. */
  readonly folder: string
  readonly load: Load
}

/** Windows has no SIGSTOP. */
export const canPause = process.platform !== 'win32'
