// What the reader sees, as lines of text: pure functions, at most 80 columns, the verdict last.
// State is a sign and a word; colour is never needed.

import type { Exercise } from './catalogue/exercise.ts'
import type { FrontMatter } from './catalogue/front-matter.ts'
import type { TestOutcome } from './checking/tests.ts'
import type { MachineRow } from './machine.ts'

export const width = 80

/** The title of the exercise, where to edit, and how long it takes. */
export function exerciseHeader({ number, folder, front }: Exercise): readonly string[] {
  return [
    between(`${number}  ${front.title}`, `about ${front.minutes} min`),
    ...front.edit.map((file) => `edit  exercises/${folder}/${file}`),
    `read  exercises/${folder}/README.md`,
  ]
}

/** The machine in one line. */
export const machineLine = (rows: readonly MachineRow[]): string =>
  rows.map(({ name, value }) => `${name} ${value}`).join('  ·  ')

export type Result = { readonly outcomes: readonly TestOutcome[]; readonly ms: number }

/** The tests in order, the first failure in full, the others in a sentence and how to see them;
 *  the verdict last. */
export function resultLines({ outcomes, ms }: Result): readonly string[] {
  const first = outcomes.find(({ ok }) => !ok)
  return [
    ...outcomes.flatMap((outcome) => [
      ...wrap(outcome.name, outcome.ok ? ' ✔ ' : ' ✘ '),
      ...(outcome === first ? failureLines(outcome) : briefly(outcome)),
    ]),
    '',
    verdict({ outcomes, ms }),
  ]
}

/** As the exercise's README tells them: first the file with the test that turns red first in its
 *  front matter. Within a file they stay as they are. */
export function inOrder(
  outcomes: readonly TestOutcome[],
  { red }: Pick<FrontMatter, 'red'>,
): readonly TestOutcome[] {
  const turn = (file: string): number => {
    const isHere = ({ test }: { readonly test: string }): boolean =>
      outcomes.some((outcome) => outcome.file === file && outcome.name === test)
    const first = red.findIndex(isHere)
    return first < 0 ? red.length : first
  }
  return outcomes.toSorted((a, b) => turn(a.file) - turn(b.file))
}

/** A sentence of further failures takes three lines at most. */
const maxBrief = 200

/** The code with its sentence, and the line that replays it, where there is one. */
function briefly({ ok, code = '', message = '' }: TestOutcome): readonly string[] {
  if (ok) return []
  const [replay] = /^ {2}npx .+$/m.exec(message) ?? []
  const { sentence } = partsOf(code, message)
  const text = `${code}: ${sentence}`
  return [
    ...wrap(text.length > maxBrief ? `${text.slice(0, maxBrief)}…` : text, '     '),
    ...(replay === undefined ? [] : [`  ${replay}`]),
  ]
}

/** The sentence without the code, and what stands below it. */
function partsOf(code: string, message: string) {
  const told = message.startsWith(`${code}: `) ? message.slice(`${code}: `.length) : message
  const [sentence = '', ...details] = told.split('\n')
  return { sentence, details }
}

/** A message of another library may be of any length. */
const maxDetailLines = 60

/** The code, the sentence, and what stands below it (a picture) as it is, where it fits. */
function failureLines({ code = '', message = '' }: TestOutcome): readonly string[] {
  const { sentence, details } = partsOf(code, message)
  return [
    `     ${code}`,
    ...wrap(sentence, '     '),
    ...details
      .slice(0, maxDetailLines)
      .flatMap((line) => (line.length <= width ? [line] : wrap(line, '     '))),
  ]
}

/** `GREEN 4 of 4` or `RED 3 of 4`, with the time that the tests took. */
export function verdict({ outcomes, ms }: Result): string {
  const passed = outcomes.filter(({ ok }) => ok).length
  const isGreen = outcomes.length > 0 && passed === outcomes.length
  const word = isGreen ? 'GREEN' : 'RED'
  return `${word}  ${passed} of ${outcomes.length}  ·  ${(ms / 1000).toFixed(1)} s`
}

export const isGreen = (outcomes: readonly TestOutcome[]): boolean =>
  outcomes.length > 0 && outcomes.every(({ ok }) => ok)

function between(left: string, right: string): string {
  return left + right.padStart(Math.max(2 + right.length, width - left.length))
}

/** `text` in lines of at most `width` columns, the first after `lead`, the others indented
 *  alike. */
export function wrap(text: string, lead: string): readonly string[] {
  const indent = ' '.repeat(lead.length)
  const lines: string[] = []
  let line = lead
  for (const word of text.split(' ')) {
    if (line.length + word.length > width && line.trim() !== '') {
      lines.push(line.trimEnd())
      line = indent
    }
    line += `${word} `
  }
  return [...lines, line.trimEnd()]
}
