// A failed test in full: the code with its meaning, and the picture as it is. What is no failure of
// ours, such as a file that does not load, is shown as whoever found it tells it.

import { failureCodes, isFailureCode } from '@workshop/shared/check'
import type { TestEvent } from '../runner/events.ts'
import { clean, drawn, type Look, wrap } from './text.ts'

const indent = '     '

/** A file that does not load is a test of its name. */
export const isFile = ({ name }: TestEvent): boolean => name.endsWith('.test.ts')

/** A message of another library may be of any length. */
const maxLines = 60

/** `key` shows the failure step by step, where there is such a key. */
export function failureLines(test: TestEvent, look: Look, key?: string): readonly string[] {
  const { code = '' } = test
  const { sentence, details } = partsOf(test)
  if (isFailureCode(code)) return ourLines(test, look, look.plain ? undefined : key)
  const shown = details.slice(0, maxLines)
  const more = details.length > maxLines ? [`${indent}…`] : []
  // The frame of code says all, and is made for the whole width.
  if (shown.some((line) => line.includes('╭'))) {
    return [...shown.flatMap((line) => drawn(line, '', look)), ...more]
  }
  const words = [code === 'Error' ? '' : code, sentence].filter(Boolean).join(': ')
  return [
    ...wrap(words, indent, look),
    ...shown.flatMap((line) => drawn(line, indent, look)),
    ...more,
  ]
}

function ourLines(test: TestEvent, look: Look, key?: string): readonly string[] {
  const { code } = test
  const { sentence, details } = partsOf(test)
  const meaning = isFailureCode(code) ? `${code}: ${failureCodes[code]}` : ''
  // A picture says the sentence where it broke.
  const isTold = !look.plain && details.some((line) => line.includes('┏'))
  const shown = look.plain ? withoutBox(details) : details
  return [
    ...wrap(meaning, indent, look),
    ...(isTold ? [] : wrap(sentence, indent, look)),
    ...shown
      .map((line) => (line === byCommand && key !== undefined ? withKey(key) : line))
      .flatMap((line) => drawn(line, '', look)),
  ]
}

/** How the line that replays a failure is introduced. */
const byCommand = 'See it step by step:'
const withKey = (key: string): string => `See it step by step with ${key}, or with this:`

/** The sentence stands in words as well. */
export function withoutBox(lines: readonly string[]): readonly string[] {
  const from = lines.findIndex((line) => line.includes('┏'))
  const to = lines.findIndex((line) => line.includes('┗'))
  return lines.filter((_, at) => from < 0 || at < from || at > to)
}

/** A sentence of further failures takes three lines at most. */
const maxBrief = 200

/** The sentence, and the line that replays it, where there is one. */
export function briefLines(test: TestEvent, look: Look): readonly string[] {
  const { sentence } = partsOf(test)
  const [replay] = /^ {2}npx .+$/m.exec(test.message ?? '') ?? []
  const text = sentence.length > maxBrief ? `${sentence.slice(0, maxBrief)}…` : sentence
  return [...wrap(text, indent, look), ...(replay === undefined ? [] : [replay])]
}

/** The sentence without the code, and what stands below it. */
function partsOf({ code = '', message = '' }: TestEvent) {
  const text = clean(message).trimEnd()
  const told = text.startsWith(`${code}: `) ? text.slice(`${code}: `.length) : text
  const [sentence = '', ...details] = told.split('\n')
  // A blank line above a picture separates it; more of them separate nothing.
  const first = details.findIndex((line) => line.trim() !== '')
  return { sentence, details: details.slice(Math.max(0, first - 1)) }
}
