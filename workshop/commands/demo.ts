// `demo`: what an instructor shows on a projector. An exercise on real processes, a wrong answer and
// what it does, or the solution step by step.

import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { type Exercise, readOneExercise } from '../catalogue/exercise.ts'
import { readPristine } from '../catalogue/pristine.ts'
import { type Command, type ExitCode, SetupProblem } from '../command.ts'
import { failureLines, failureOf, largeFailure, wrongAnswerOf } from '../demo/failure.ts'
import { demonstrateLive } from '../demo/live.ts'
import { StepFolder } from '../demo/step-folder.ts'
import { stepLines } from '../demo/step-screens.ts'
import { stepThrough } from '../demo/stepping.ts'
import { jsonTeller, largeTeller, plainTeller } from '../demo/tellers.ts'
import { largeColumns } from '../large.ts'
import { columns } from '../output.ts'
import { isTerminal } from '../terminal/output.ts'

export const command: Command = {
  summary: 'shows an exercise on real processes, a wrong answer, or the solution step by step',
  usage:
    'NN [--item porsche|sledge|globe|bell|candle] [--broker sqlite|rabbitmq] [--start|--solution]\n' +
    '  demo NN --wrong NAME\n' +
    '  demo NN --step [--reset]\n' +
    '      each with [--large] for a projector, and [--json]',
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: withNames(args),
      allowPositionals: true,
      options: {
        item: { type: 'string', default: 'porsche' },
        broker: { type: 'string', default: 'sqlite' },
        /** Runs the pristine start, or the solution, instead of the code in `exercises/`. */
        start: { type: 'boolean', default: false },
        solution: { type: 'boolean', default: false },
        /** Runs a wrong answer, and shows how it fails. */
        wrong: { type: 'string' },
        /** Makes the next change on the way to the solution, in a folder of its own. */
        step: { type: 'boolean', default: false },
        reset: { type: 'boolean', default: false },
        large: { type: 'boolean', default: false },
        plain: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    })
    const { wrong, step, reset, large, json } = values
    if (reset && !step)
      throw new SetupProblem('expected --reset together with --step, got it alone')
    if (step && wrong !== undefined) {
      throw new SetupProblem('expected --step or --wrong, got both. Show one after the other')
    }
    const exercise = await readOneExercise(await readPristine({ worktree: false }), positionals)
    const form = json ? 'json' : large ? 'large' : 'plain'
    if (step) return stepped(exercise, { form, resets: reset, plain: values.plain })
    if (wrong !== undefined) return wrongly(exercise, wrong, form)
    const tellers = { json: jsonTeller, large: largeTeller, plain: plainTeller }
    return demonstrateLive(exercise, values, tellers[form](console.log))
  },
}

type Form = 'plain' | 'large' | 'json'

/** Without a name, `--wrong` asks for the names. */
const withNames = (args: readonly string[]): string[] =>
  args.flatMap((arg, index) => {
    const next = args[index + 1]
    return arg === '--wrong' && (next === undefined || next.startsWith('-')) ? ['--wrong='] : [arg]
  })

async function wrongly(exercise: Exercise, name: string, form: Form): Promise<ExitCode> {
  const answer = wrongAnswerOf(exercise, name)
  const width = form === 'large' ? largeColumns : columns()
  const failure = await failureOf(exercise, answer, width)
  const lines = {
    json: () => [JSON.stringify({ type: 'wrong', exercise: exercise.folder, ...failure })],
    large: () => largeFailure(failure),
    plain: () => failureLines(failure, width),
  }
  for (const line of lines[form]()) console.log(line)
  return failure.ok ? 0 : 1
}

type SteppedOptions = { readonly form: Form; readonly resets: boolean; readonly plain: boolean }

async function stepped(
  exercise: Exercise,
  { form, resets, plain }: SteppedOptions,
): Promise<ExitCode> {
  const asks = isTerminal({ plain, json: form === 'json' })
  const lines = asks ? createInterface({ input: process.stdin }) : undefined
  try {
    return await stepThrough({
      folder: new StepFolder(exercise),
      resets,
      lines,
      tell: (event) => {
        for (const line of stepLines(event, { form, columns: columns() })) console.log(line)
        if (asks && event.type !== 'ended') console.log('Enter: the next step · q Enter: quit')
      },
    })
  } finally {
    lines?.close()
  }
}
