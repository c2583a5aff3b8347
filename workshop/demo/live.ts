// A demonstration told to a room: the exercise's endpoint as a process of its own, on a real broker,
// with the trouble of an item switched on; what happens is printed in large, plain words.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Item, items } from '@workshop/shared/shop'
import type { Exercise } from '../catalogue/exercise.ts'
import { codeOf, type Whose } from '../checking/code-of.ts'
import { type ExitCode, SetupProblem } from '../command.ts'
import { demonstrate, queuesOf, scriptOf } from './demonstrate.ts'
import { ChildEnded } from './endpoint-child.ts'
import { stageBroker } from './stage-broker.ts'
import type { Teller } from './tellers.ts'

export type LiveOptions = Whose & { readonly item: string; readonly broker: string }

/** Plays it. 1 where it does not end well, which with a start is what it is there to show. */
export async function demonstrateLive(
  exercise: Exercise,
  options: LiveOptions,
  teller: Teller,
): Promise<ExitCode> {
  const item = itemOf(options.item)
  if (!exercise.solutionFolder.has('demo.ts')) {
    throw new SetupProblem(
      `expected an exercise with a demonstration on real processes, got ${exercise.folder}, which ` +
        `has none. Show the picture of its failure: npx -y pnpm@12 start ${exercise.number}`,
    )
  }
  const directory = await mkdtemp(join(tmpdir(), 'workshop-demo-'))
  try {
    await using code = await codeOf(exercise, options)
    const script = await scriptOf(exercise)
    const sentence = 'systems' in script ? script.systems.sentence : items[item]
    teller.begin({ exercise, item, sentence })
    const queues = 'systems' in script ? [script.systems.endpoint.name] : queuesOf(exercise)
    await using stage = await stageBroker({
      kind: options.broker,
      directory,
      queues,
      print: (line) => teller.staged(line),
    })
    const ending = await demonstrate({
      exercise,
      code: code.folder,
      item,
      broker: stage.spec,
      directory,
      tell: (who, what) => teller.tell(who, what),
    })
    teller.end(ending)
    return ending.ok ? 0 : 1
  } catch (error) {
    if (error instanceof ChildEnded) return 1
    throw error
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 5 })
  }
}

function itemOf(name: string): Item {
  if (Object.hasOwn(items, name)) return name as Item
  throw new SetupProblem(`expected --item ${Object.keys(items).join('|')}, got "${name}"`)
}
