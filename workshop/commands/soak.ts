// `soak`: the real world without mercy, for minutes. Whether an outbox holds while processes are
// killed and paused, wires are cut, and brokers die.

import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Exercise, exerciseFolder, readOneExercise } from '../catalogue/exercise.ts'
import { readPristine } from '../catalogue/pristine.ts'
import { Scratch, variantsOf } from '../checking/scratch.ts'
import { type Command, SetupProblem } from '../command.ts'
import { wrongAnswerOf } from '../demo/failure.ts'
import { root } from '../root.ts'
import { SoakBroken } from '../soak/member.ts'
import { resultLines } from '../soak/result.ts'
import { soak } from '../soak/soak.ts'

export const command: Command = {
  summary: 'runs a solution for minutes under load, kills, pauses, cuts and restarts',
  usage:
    'NN [--broker sqlite|rabbitmq] [--seconds 60] [--seed S] [--json]\n' +
    '  soak NN --mine | --wrong NAME',
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        broker: { type: 'string', default: 'sqlite' },
        seconds: { type: 'string', default: '60' },
        /** Decides what happens when. Default: another one each time. */
        seed: { type: 'string', default: randomUUID().slice(0, 8) },
        /** Runs the code in `exercises/`, or a wrong answer, instead of the solution. */
        mine: { type: 'boolean', default: false },
        wrong: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    const broker = brokerOf(values.broker)
    const seconds = secondsOf(values.seconds)
    const exercise = await readOneExercise(await readPristine({ worktree: false }), positionals)
    await using code = await codeOf(exercise, values)
    const interrupted = new AbortController()
    const stop = (signal: NodeJS.Signals): void => interrupted.abort(new Interrupted(signal))
    for (const signal of signals) process.on(signal, stop)
    try {
      const { folder, answer } = code
      const result = await soak({
        exercise: exercise.folder,
        answer,
        code: folder,
        broker,
        seconds,
        seed: values.seed,
        print: values.json ? console.error : console.log,
        signal: interrupted.signal,
      })
      if (values.json) console.log(JSON.stringify(result))
      else for (const line of resultLines(result)) console.log(line)
      if (!values.json && result.picture !== undefined) {
        console.log(`\n${await readFile(join(root, result.picture), 'utf8')}`)
      }
      return result.ok ? 0 : 1
    } catch (error) {
      if (error instanceof SoakBroken) {
        console.error(`✘ ${error.message}`)
        return 1
      }
      if (!(error instanceof Interrupted)) throw error
      console.error(`${error.message}: everything that was started has ended`)
      return 2
    } finally {
      for (const signal of signals) process.off(signal, stop)
    }
  },
}

const signals = ['SIGINT', 'SIGTERM'] as const

class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

function brokerOf(name: string): 'sqlite' | 'rabbitmq' {
  if (name === 'sqlite' || name === 'rabbitmq') return name
  throw new SetupProblem(`expected --broker sqlite or rabbitmq, got "${name}"`)
}

function secondsOf(text: string): number {
  const seconds = Number(text)
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= 86_400) return seconds
  throw new SetupProblem(`expected --seconds from 1 to 86400, got "${text}"`)
}

type Whose = { readonly mine: boolean; readonly wrong?: string | undefined }

/** The folder with the code, and whose it is. */
async function codeOf(exercise: Exercise, { mine, wrong }: Whose) {
  if (mine && wrong !== undefined) {
    throw new SetupProblem('expected --mine or --wrong, got both')
  }
  if (mine) {
    const nothing = (): Promise<void> => Promise.resolve()
    return { folder: exerciseFolder(exercise), answer: 'mine', [Symbol.asyncDispose]: nothing }
  }
  const [kind, answer] =
    wrong === undefined
      ? (['solution', 'solution'] as const)
      : (['wrong', wrongAnswerOf(exercise, wrong).name] as const)
  const variant = variantsOf(exercise).find((one) => one.kind === kind && one.name === answer)
  if (!variant) throw new Error(`expected ${answer} of ${exercise.folder}, got none`)
  const scratch = await Scratch.make()
  await scratch.layOut(exercise, variant)
  const close = (): Promise<void> => scratch[Symbol.asyncDispose]()
  return { folder: scratch.path(exercise, variant), answer, [Symbol.asyncDispose]: close }
}
