// A disk that takes its time: every wait for it in this thread is held back until it is let go.

import { open } from 'node:fs/promises'
import type { Disk } from '../disk.ts'

export type HeldDisk = Disposable & {
  /** How many waits are held back. */
  readonly waiting: number
  /** Resolves once so many are. */
  asked(times?: number): Promise<void>
  /** Lets go what is held back; with an error, as a disk that has lost what it was given. */
  letGo(error?: Error): void
}

export async function heldDisk(): Promise<HeldDisk> {
  await using handle = await open(import.meta.filename)
  const shared = Object.getPrototypeOf(handle) as { datasync: () => Promise<void> }
  const { datasync } = shared
  const held: ((error?: Error) => void)[] = []
  let onAsked = (): void => undefined
  shared.datasync = function heldBack(this: unknown) {
    return new Promise((resolve, reject) => {
      held.push((error) => (error ? reject(error) : resolve(datasync.call(this))))
      onAsked()
    })
  }
  return {
    get waiting() {
      return held.length
    },
    asked: (times = 1) =>
      new Promise((resolve) => {
        onAsked = () => void (held.length >= times && resolve())
        onAsked()
      }),
    letGo: (error) => {
      for (const one of held.splice(0)) one(error)
    },
    [Symbol.dispose]: () => {
      shared.datasync = datasync
      for (const one of held.splice(0)) one()
    },
  }
}

/** A disk that has everything at once. */
export const quickDisk: Disk = { flushed: () => Promise.resolve(), close: () => Promise.resolve() }

export type Settled = 'asked' | 'settled'

/** What happens first: that the disk is waited for, or that `promise` settles. */
export const firstOf = (disk: HeldDisk, promise: Promise<unknown>): Promise<Settled> =>
  Promise.race([
    promise.then(
      () => 'settled' as const,
      () => 'settled' as const,
    ),
    disk.asked().then(() => 'asked' as const),
  ])
