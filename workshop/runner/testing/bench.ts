// A desk in a clone of its own, in a temporary folder, with two exercises in it: what an action or
// a run does to files is real, and what it tells is heard. For tests only.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Explored } from '@workshop/shared/explore'
import type { Exercise } from '../../catalogue/exercise.ts'
import type { TestOutcome } from '../../checking/tests.ts'
import type { Ran } from '../../loop/resident.ts'
import { ProgressFile } from '../../progress/progress-file.ts'
import { keepSolutions } from '../../progress/stray-edits.ts'
import { asItCame, Clone, solved } from '../../progress/testing/clone.ts'
import { Desk } from '../desk.ts'
import type { Emit, EventOf, RunnerEvent } from '../events.ts'

export const page = `# 13 Outbox

## Done when

- an event is sent once;
- a crash loses none.

## Hints

<details><summary>Where to look</summary>

Look at the save.

</details>
<details><summary>A sketch</summary>

Save both at once.

</details>

## What comes next

Who dispatches it?
`

export class Bench implements AsyncDisposable {
  readonly clone: Clone
  readonly exercises: readonly [Exercise, Exercise]
  readonly desk: Desk
  readonly told: RunnerEvent[] = []
  readonly file: ProgressFile

  private constructor(clone: Clone, exercises: readonly [Exercise, Exercise], hear: Emit) {
    const file = new ProgressFile(clone.workshop)
    this.clone = clone
    this.exercises = exercises
    this.file = file
    this.desk = new Desk(
      { exercises, file, progress: { version: 1, exercises: {}, said: [] }, place: clone },
      exercises[0],
      (event) => {
        this.told.push(event)
        hear(event)
      },
    )
  }

  /** With `13-outbox` open, as it came, and `14-generic-outbox` after it. `hear` is told too. */
  static async make(hear: Emit = () => undefined): Promise<Bench> {
    const clone = await Clone.make()
    const first = exercise('13-outbox', { ...asItCame, 'README.md': page }, solved)
    const second = exercise('14-generic-outbox', { 'README.md': '# 14\n', 'outbox.ts': '' }, {})
    await clone.put('README.md', page)
    for (const [path, text] of second.start) {
      await clone.putAt(`exercises/14-generic-outbox/${path}`, text)
    }
    await keepSolutions(clone)
    return new Bench(clone, [first, second], hear)
  }

  /** The kinds of what was told, in order. */
  get kinds(): readonly RunnerEvent['kind'][] {
    return this.told.map(({ kind }) => kind)
  }

  /** The last event of a kind; throws where none was told. */
  last<Kind extends RunnerEvent['kind']>(kind: Kind): EventOf<Kind> {
    const found = this.told.findLast((event) => event.kind === kind)
    if (!found) throw new Error(`expected an event "${kind}", got ${this.kinds.join(', ')}`)
    return found as EventOf<Kind>
  }

  get notices(): readonly string[] {
    return this.told.flatMap((event) => (event.kind === 'notice' ? [event.text] : []))
  }

  /** A file of the clone, by its path from the root. */
  read(path: string): Promise<string> {
    return readFile(join(this.clone.root, path), 'utf8')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.clone[Symbol.asyncDispose]()
  }
}

const exercise = (
  folder: string,
  start: Readonly<Record<string, string>>,
  solution: Readonly<Record<string, string>>,
): Exercise => ({
  folder,
  number: folder.slice(0, 2),
  front: {
    title: folder === '13-outbox' ? 'Outbox' : 'Generic outbox',
    part: 5,
    minutes: 30,
    edit: ['orders.ts'],
    after: 'nothing',
    differs: [],
    real: [],
    red: [{ code: 'LOST_MESSAGE', test: 'a crash loses none' }],
  },
  start: new Map(Object.entries(start)),
  solutionFolder: new Map(Object.entries(solution)),
  solution: new Map(Object.entries(solution)),
  wrong: [],
  right: [],
})

const explored: Explored = {
  ok: true,
  coverage: { kind: 'all', states: 3 },
  schedules: 7,
  steps: 21,
}

/** How a test ended; with a code, it failed by it. */
export const outcome = (name: string, code?: string, file = 'orders.test.ts'): TestOutcome => ({
  file,
  name,
  ok: code === undefined,
  code,
  message: code && `${code}: it does not hold`,
  ms: 1,
  explored: [{ ...explored, ok: code === undefined }],
  leftOut: [],
})

export const ran = (...outcomes: readonly TestOutcome[]): Ran => ({
  outcomes,
  printed: [],
  notShown: 0,
  ms: 12.3,
})
