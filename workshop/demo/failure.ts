// What a wrong answer shows: a plausible belief, run in a scratch copy through the explorer, and
// the schedule that breaks it. No file of an attendee is read or written.

import { columnsVariable } from '@workshop/shared/explore'
import type { Exercise, WrongAnswer } from '../catalogue/exercise.ts'
import { Scratch, variantsOf } from '../checking/scratch.ts'
import { runTests, type TestOutcome } from '../checking/tests.ts'
import { SetupProblem } from '../command.ts'
import { type Block, large } from '../large.ts'
import { fromRoot } from '../root.ts'
import { wrap } from '../screens/text.ts'

/** How the belief ended. */
export type Failure = {
  readonly name: string
  readonly believed: string
  /** It fails with the code that it declares: what a demonstration wants. */
  readonly ok: boolean
  /** The code it failed with; else what it declares. */
  readonly code: string
  readonly sentence: string
  /** The lines of the diagram; empty where the failure has none. */
  readonly picture: readonly string[]
}

/** The wrong answer that is called `name`. Throws a `SetupProblem` that lists what there is. */
export function wrongAnswerOf({ wrong, folder }: Exercise, name: string): WrongAnswer {
  const found = wrong.find((one) => one.name === name)
  if (found) return found
  const names = wrong.map((one) => `  ${one.name}`).join('\n')
  const got = name === '' ? 'nothing' : `"${name}"`
  throw new SetupProblem(
    wrong.length === 0
      ? `expected an exercise with wrong answers, got ${folder}, which has none`
      : `expected --wrong and one of the wrong answers of ${folder}, got ${got}:\n${names}`,
  )
}

/** Runs `answer` with everything else solved; its picture is `columns` wide, 60 to 80. */
export async function failureOf(
  exercise: Exercise,
  answer: WrongAnswer,
  columns: number,
): Promise<Failure> {
  const variant = variantsOf(exercise).find(
    ({ kind, name }) => kind === 'wrong' && name === answer.name,
  )
  if (!variant) throw new Error(`expected the files of ${answer.name}, got none`)
  await using scratch = await Scratch.make()
  await scratch.layOut(exercise, variant)
  const folder = fromRoot(scratch.path(exercise, variant))
  const outcomes = await runTests([folder], { env: { [columnsVariable]: String(columns) } })
  return toldBy([...outcomes.values()].flat(), answer)
}

/** The first test that fails as declared; else the first that fails at all. */
export function toldBy(
  outcomes: readonly TestOutcome[],
  { name, believed, code }: Pick<WrongAnswer, 'name' | 'believed' | 'code'>,
): Failure {
  const failed = outcomes.filter(({ ok }) => !ok)
  const shown = failed.find((one) => one.code === code) ?? failed[0]
  if (!shown) {
    const sentence = `expected it to fail with ${code}, got ${outcomes.length} green tests`
    return { name, believed, ok: false, code, sentence, picture: [] }
  }
  const { code: got = 'Error', message = '' } = shown
  const [first = '', ...rest] = message.split('\n')
  const sentence = first.startsWith(`${got}: `) ? first.slice(`${got}: `.length) : first
  const told = got === code ? sentence : `expected ${code}, got ${got}: ${sentence}`
  return { name, believed, ok: got === code, code: got, sentence: told, picture: drawnIn(rest) }
}

/** Without what is told below the picture: how to replay it. */
function drawnIn(lines: readonly string[]): readonly string[] {
  const from = lines.findIndex((line) => line.trim() !== '')
  if (from < 0) return []
  const end = lines.findIndex((line, index) => index > from && line.trim() === '')
  return lines.slice(from, end < 0 ? undefined : end)
}

/** The belief, the code with its sentence, and the picture; nothing else. */
export function failureLines(failure: Failure, columns: number): readonly string[] {
  const { believed, code, sentence, picture } = failure
  return [
    ...wrap(`Believed: "${believed}"`, '', { columns }),
    '',
    ...wrap(`${code}: ${sentence}`, '', { columns }),
    ...(picture.length === 0 ? [] : ['', ...picture]),
  ]
}

/** The same for a projector, with the code in big letters at the end. The box in the picture has
 *  the sentence. */
export function largeFailure({ believed, code, sentence, picture }: Failure): readonly string[] {
  const shown: Block = picture.length === 0 ? sentence : picture
  return large([`Believed: "${believed}"`, shown], { word: code })
}
