// The auditor's process, as the one that watches over the soak sees it.

import { realTime } from '@workshop/shared/world'
import { Member, SoakBroken } from './member.ts'
import type { AuditorTask } from './protocol.ts'
import { startProcess } from './start-process.ts'

const { until } = realTime(30_000)

export class Auditor implements AsyncDisposable {
  readonly #member: Member
  #commands = 0
  #timesReady = 0
  #hasLeft = false

  constructor(task: AuditorTask) {
    this.#member = new Member({
      slot: 'the auditor',
      start: () => startProcess('auditor-process.ts', task),
      onReport: (report) => {
        if (report.kind === 'heard') this.#commands = report.commands
        if (report.kind === 'left') this.#hasLeft = true
        if (report.kind === 'ready') this.#timesReady += 1
      },
    })
  }

  get ready(): Promise<void> {
    return this.#member.ready
  }

  /** Rejects where it ends by itself: nobody can say any more what was published. */
  async broken(): Promise<never> {
    const ending = await this.#member.ended
    if (ending === 'failed') {
      throw new SoakBroken(`expected the auditor to stay, it ended. ${this.#member.said}`)
    }
    return new Promise<never>(() => {})
  }

  /** How many commands it has heard the first event of. */
  get commands(): number {
    return this.#commands
  }

  /** Lets go of the broker. */
  async leave(): Promise<void> {
    this.#hasLeft = false
    this.#member.order({ kind: 'leave' })
    await until(() => this.#hasLeft, 'the auditor to let go of the broker')
  }

  async return(): Promise<void> {
    const before = this.#timesReady
    this.#member.order({ kind: 'return' })
    await until(() => this.#timesReady > before, 'the auditor to be back')
  }

  async stop(): Promise<void> {
    await this.#member.stop()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#member.kill()
  }
}
