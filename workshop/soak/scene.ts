// What a soak knows of an exercise: its endpoints, what is sent to them, and what a sequential run
// of the same would have told and stored. Nothing of it is taken from a solution: that is what the
// solution is judged by.

import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Definition, Outgoing } from '@workshop/shared/message'
import type { Behaviour, Handler } from '@workshop/shared/pipeline'
import { SetupProblem } from '../command.ts'
import { exportedHandlers } from '../exported-handlers.ts'
import { root } from '../root.ts'

/** Loads a file of the code under test, by its name there. */
export type LoadFile = (file: string) => Promise<Readonly<Record<string, unknown>>>

export type Parts = {
  readonly handlers: readonly Handler[]
  /** Inside of the retries, the outermost first. */
  readonly behaviours: readonly Behaviour[]
}

export type Scene = {
  /** What each endpoint is made of, by its name. */
  readonly endpoints: Readonly<Record<string, (load: LoadFile) => Promise<Parts>>>
  /** The queue of each command. */
  readonly routes: Readonly<Record<string, string>>
  /** What the auditor listens to. */
  readonly hears: readonly Definition<'event'>[]
  /** The events about an order, if its items are put into it one after the other. */
  readonly tells: (orderId: string, items: readonly string[]) => readonly Outgoing<'event'>[]
  /** What else is stored, given the items of each order: lists of texts, by their key. */
  readonly lists: (
    orders: ReadonlyMap<string, readonly string[]>,
  ) => ReadonlyMap<string, readonly string[]>
  /** The list in a stored value. */
  readonly listIn: (value: unknown) => readonly string[]
}

const folder = join(root, 'workshop', 'soak', 'scenes')

/** The scene of the exercise in `exercises/NAME`. Throws a `SetupProblem` that lists what there
 *  is. */
export async function sceneOf(name: string): Promise<Scene> {
  const files = await readdir(folder)
  const known = files.map((file) => file.replace(/\.ts$/, '')).sort()
  if (!known.includes(name)) {
    throw new SetupProblem(`expected one of ${known.join(', ')}, got "${name}"`)
  }
  const module: { scene: Scene } = await import(pathToFileURL(join(folder, `${name}.ts`)).href)
  return module.scene
}

/** The handlers that a file exports. Throws where there is none. */
export async function handlersIn(load: LoadFile, file: string): Promise<readonly Handler[]> {
  const handlers = exportedHandlers(await load(file))
  if (handlers.length > 0) return handlers
  throw new TypeError(`expected ${file} to export a handler, got none`)
}
