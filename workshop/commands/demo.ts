// `demo`: opens the day on a projector. The exercise's endpoint as a process of its own, on a real
// broker, with the trouble of an item switched on; what happens is printed in large, plain words.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { items, type Item } from '@workshop/shared/shop'
import { readOneExercise } from '../catalogue/exercise.ts'
import { readPristine } from '../catalogue/pristine.ts'
import { codeOf } from '../checking/code-of.ts'
import { type Command, SetupProblem } from '../command.ts'
import { stageBroker } from '../demo/stage-broker.ts'
import { demonstrate, queuesOf } from '../demo/demonstrate.ts'
import { ChildEnded } from '../demo/endpoint-child.ts'

export const command: Command = {
  summary: 'shows an exercise on real processes, with the trouble of an item',
  usage:
    'NN [--item porsche|sledge|globe|bell|candle] [--broker sqlite|rabbitmq] [--start|--solution]',
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        item: { type: 'string', default: 'porsche' },
        broker: { type: 'string', default: 'sqlite' },
        /** Runs the pristine start, or the solution, instead of the code in `exercises/`. */
        start: { type: 'boolean', default: false },
        solution: { type: 'boolean', default: false },
      },
    })
    const item = itemOf(values.item)
    const exercise = await readOneExercise(await readPristine({ worktree: false }), positionals)
    if (!exercise.solutionFolder.has('demo.ts')) {
      throw new SetupProblem(
        `expected an exercise with a demonstration on real processes, got ${exercise.folder}, which ` +
          `has none. Show the picture of its failure: npx -y pnpm@12 start ${exercise.number}`,
      )
    }
    const directory = await mkdtemp(join(tmpdir(), 'workshop-demo-'))
    try {
      await using code = await codeOf(exercise, values)
      const { front, number } = exercise
      console.log(`\n  ${number}  ${front.title.toUpperCase()}\n\n  ${item}: ${items[item]}\n`)
      const queues = queuesOf(exercise)
      await using stage = await stageBroker({ kind: values.broker, directory, queues })
      console.log('')
      const tell = (who: string, what: string): void => console.log(`    ${who.padEnd(13)}${what}`)
      const ending = await demonstrate({
        exercise,
        code: code.folder,
        item,
        broker: stage.spec,
        directory,
        tell,
      })
      console.log(`\n  IN THE DATABASE  ${ending.shown}`)
      console.log(`\n  ${ending.ok ? '✔' : '✘'}  ${ending.sentence.toUpperCase()}\n`)
      return ending.ok ? 0 : 1
    } catch (error) {
      if (error instanceof ChildEnded) return 1
      throw error
    } finally {
      await rm(directory, { recursive: true, force: true, maxRetries: 5 })
    }
  },
}

function itemOf(name: string): Item {
  if (Object.hasOwn(items, name)) return name as Item
  throw new SetupProblem(`expected --item ${Object.keys(items).join('|')}, got "${name}"`)
}
