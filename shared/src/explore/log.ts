// A replayed run as a log: one line for each step, with where it was called from.

import { sourceOf, type SystemReplay } from '../simulation/index.ts'
import { eventInWords } from './event-words.ts'

export function logOf({ trace, diverged, finding }: SystemReplay): string {
  const lines = trace.steps.map((step) => {
    const source = sourceOf(step.stack)
    const number = String(step.number).padStart(4)
    const who = step.process.padEnd(12)
    const where = source ? `   ${source.file}:${source.line}` : ''
    return `${number}  ${who} ${eventInWords(step)}${where}`
  })
  return [
    ...diverged.map((text) => `The code has changed since: ${text}.`),
    ...lines,
    finding ? `      ${finding.code}: ${finding.sentence}` : '      This schedule holds now.',
  ].join('\n')
}
