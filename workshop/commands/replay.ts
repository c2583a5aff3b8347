// `replay`: runs one schedule of an exercise, the one that a failure printed, and tells it step by
// step. It goes by the words of the choices where the code has changed since.

import { parseArgs, stripVTControlCharacters } from 'node:util'
import { readOneExercise } from '../catalogue/exercise.ts'
import { readPristine } from '../catalogue/pristine.ts'
import { codeOf } from '../checking/code-of.ts'
import { replayIn } from '../checking/replaying.ts'
import { type Command, type ExitCode, SetupProblem } from '../command.ts'
import { tellColumns } from '../terminal/output.ts'

export const command: Command = {
  summary: 'runs one schedule of an exercise, and tells it step by step',
  usage: 'NN --schedule k9-4.2x3 [--wider] [--start|--solution] [--large] [--inspect]',
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        schedule: { type: 'string' },
        /** With one fault more of each kind than the test has. */
        wider: { type: 'boolean', default: false },
        /** Runs the pristine start, or the solution, instead of the code in `exercises/`. */
        start: { type: 'boolean', default: false },
        solution: { type: 'boolean', default: false },
        /** For a projector. */
        large: { type: 'boolean', default: false },
        /** Waits for a debugger before it runs. */
        inspect: { type: 'boolean', default: false },
      },
    })
    const { schedule } = values
    if (schedule === undefined || !/^[0-9a-z]{2}-[0-9a-z.-]+$/.test(schedule)) {
      throw new SetupProblem(
        `expected --schedule and a word such as k9-4.2x3, got "${schedule ?? 'nothing'}". ` +
          'A failing test prints the whole line',
      )
    }
    tellColumns(values)
    const exercise = await readOneExercise(await readPristine({ worktree: false }), positionals)
    await using code = await codeOf(exercise, values)
    return await replay(code.folder, { schedule, inspects: values.inspect, wider: values.wider })
  },
}

type ReplayOptions = {
  readonly schedule: string
  readonly inspects: boolean
  readonly wider: boolean
}

async function replay(
  folder: string,
  { schedule, inspects, wider }: ReplayOptions,
): Promise<ExitCode> {
  let isFound = false
  const modules = await replayIn(folder, {
    schedule,
    wider,
    hear: (text) => {
      isFound = true
      process.stdout.write(text)
    },
    // Whoever steps through the code takes longer than any test may.
    options: inspects ? { inspectBrk: true, testTimeout: 0 } : {},
  })
  if (isFound) return modules.every((module) => module.ok()) ? 0 : 1
  const [broken] = modules.flatMap((module) => module.errors())
  if (broken) {
    console.log(`✘ The code cannot be loaded: ${stripVTControlCharacters(broken.message)}`)
    return 1
  }
  const tests = modules.flatMap((module) => [...module.children.allTests()])
  throw new SetupProblem(
    tests.flatMap((test) => test.result().errors ?? [])[0]?.message ??
      `expected an exploration with the mark ${schedule.slice(0, 2)} in ${folder}, got none. ` +
        'Has the test changed since the schedule was printed?',
  )
}
