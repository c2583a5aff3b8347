// `.workshop/state.json`, read and written so that nothing is ever lost: whole or not at all, one
// writer at a time, and a file that cannot be understood is put aside and never a crash.

import { copyFile, constants, readFile, rename, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { SetupProblem } from '../command.ts'
import { attemptsBelow } from './attempts.ts'
import { isCode, replaceFile, retrying, stamp, sweep } from './disk.ts'
import { withLock } from './lock.ts'
import { noProgress, type Progress, progressOf, slugOf, withExercise } from './state.ts'
import { parseProgress, progressText, type Understood, withUnknown } from './state-text.ts'

/** What is over this many bytes is no state file. One of 30 exercises has about 10,000. */
const largestBytes = 4 * 1024 * 1024

export type ProgressRead = {
  readonly progress: Progress
  /** Where a file that could not be understood was moved to; where nothing can be moved, where it
   *  still is. */
  readonly damaged?: string
}

export type ProgressFileOptions = { readonly now?: () => Date }

type Found = Understood | { readonly kind: 'none' }

export class ProgressFile {
  readonly path: string
  readonly #folder: string
  readonly #now: () => Date

  /** `folder` is the `.workshop` of a clone. It need not exist. */
  constructor(folder: string, { now = () => new Date() }: ProgressFileOptions = {}) {
    this.path = join(folder, 'state.json')
    this.#folder = folder
    this.#now = now
  }

  /** What is known. A damaged file is put aside, and what can be told from its whole lines and from
   *  the kept attempts is put in its place. Throws a `SetupProblem` for one that a newer workshop
   *  wrote, and leaves it alone. */
  async read(): Promise<ProgressRead> {
    const found = await this.#look()
    if (found.kind !== 'damaged') return { progress: this.#known(found) }
    try {
      return await this.#locked(() => this.#readHere())
    } catch (error) {
      // Nothing can be written here, but everything can be read.
      if (!(error instanceof SetupProblem)) throw error
      return { progress: await this.#rebuilt(found.progress), damaged: this.path }
    }
  }

  /** Reads, changes and writes while nobody else does. Fields that this version does not know stay.
   *  Throws a `SetupProblem` where the file cannot be written. */
  update(change: (progress: Progress) => Progress): Promise<Progress> {
    return this.#locked(async () => {
      const { progress: before } = await this.#readHere()
      const after = withUnknown(before, change(before))
      const found = await this.#look()
      if (found.kind === 'older') await this.#copyAside(`state.version-${found.version}`)
      await this.#write(after)
      return after
    })
  }

  #locked<T>(work: () => Promise<T>): Promise<T> {
    return withLock({ folder: this.#folder, name: 'state' }, async () => {
      try {
        await sweep(this.#folder)
        return await work()
      } catch (error) {
        throw this.#explained(error)
      }
    })
  }

  #explained(error: unknown): unknown {
    const codes = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EBUSY', 'EIO']
    if (!isCode(error, ...codes)) return error
    return new SetupProblem(
      `expected to be able to read and write ${this.path}, got: ${String(error)}. ` +
        'Nothing is lost: make it writable, or make room, then try again',
      { cause: error },
    )
  }

  /** Under the lock. */
  async #readHere(): Promise<ProgressRead> {
    const found = await this.#look()
    if (found.kind !== 'damaged') return { progress: this.#known(found) }
    const progress = await this.#rebuilt(found.progress)
    const name = `state.damaged-${stamp(this.#now())}`
    const isFile = (await stat(this.path)).isFile()
    const damaged = isFile ? await this.#copyAside(name) : await this.#moveAside(name)
    await this.#write(progress)
    return { progress, damaged }
  }

  async #look(): Promise<Found> {
    try {
      const found = await stat(this.path)
      const isReadable = found.isFile() && found.size <= largestBytes
      return isReadable
        ? parseProgress(await readFile(this.path, 'utf8'))
        : { kind: 'damaged', progress: noProgress }
    } catch (error) {
      if (isCode(error, 'ENOENT', 'ENOTDIR')) return { kind: 'none' }
      throw this.#explained(error)
    }
  }

  #known(found: Exclude<Found, { readonly kind: 'damaged' }>): Progress {
    if (found.kind === 'none') return noProgress
    if (found.kind !== 'newer') return found.progress
    throw new SetupProblem(
      `expected ${this.path} to be of version 1, got ${found.version}: a newer workshop wrote it. ` +
        'Update this clone to that one, or, to begin again here, ' +
        `rename the file to ${basename(this.path, '.json')}.newer.json. Nothing was changed`,
    )
  }

  /** What a damaged file still says, and what the attempts say: each first green is kept there. */
  async #rebuilt(salvaged: Progress): Promise<Progress> {
    const attempts = await attemptsBelow(join(this.#folder, 'attempts'))
    return attempts
      .filter(({ why }) => why === 'first green')
      .filter(({ exercise }) => progressOf(salvaged, slugOf(exercise)).status !== 'done')
      .reduce(
        (progress, { exercise, at }) =>
          withExercise(progress, slugOf(exercise), (one) => ({
            ...one,
            status: 'done',
            doneAt: one.doneAt ?? at,
          })),
        salvaged,
      )
  }

  async #write(progress: Progress): Promise<void> {
    await replaceFile(this.path, Buffer.from(progressText(progress)))
  }

  /** Leaves the file in its place until another replaces it: no moment is without one. */
  #copyAside(name: string): Promise<string> {
    return this.#asideAs(name, (to) => copyFile(this.path, to, constants.COPYFILE_EXCL))
  }

  #moveAside(name: string): Promise<string> {
    return this.#asideAs(name, async (to) => {
      if (await stat(to).catch(() => undefined)) throw taken(to)
      await retrying(() => rename(this.path, to))
    })
  }

  async #asideAs(name: string, put: (to: string) => Promise<void>): Promise<string> {
    for (let number = 1; number <= 1000; number += 1) {
      const to = join(this.#folder, `${name}${number === 1 ? '' : `-${number}`}.json`)
      try {
        await put(to)
        return to
      } catch (error) {
        if (!isCode(error, 'EEXIST')) throw error
      }
    }
    throw new SetupProblem(`expected fewer than 1000 files ${name}*. Delete old ones, try again`)
  }
}

const taken = (path: string): Error =>
  Object.assign(new Error(`${path} is taken`), { code: 'EEXIST' })
