// An inspection as lines: each queue, its dead letters with their reasons, the outbox, and last
// what there is to do.

import { wrapTo } from '../doctor/wrap.ts'
import { clean, count, type Look, titled, wrap } from '../screens/text.ts'
import type { DeadLetter, InspectedQueue, Inspection } from './inspection.ts'

/** Longer ids and types are of a foreign sender. */
const maxShown = 40
const nameColumns = 16

export function inspectLines({ broker, queues, outbox }: Inspection, look: Look) {
  const dead = queues.filter(({ deadLetters }) => deadLetters > 0)
  return [
    ...wrap(clean(broker), 'broker  ', look),
    ...titled('queues', look),
    ...(queues.length === 0
      ? ['none was ever declared']
      : queues.flatMap((one) => queueLines(one, look))),
    ...dead.flatMap((one) => deadLines(one, look)),
    ...(outbox ? [...titled('outbox', look), ...outboxLines(outbox, look)] : []),
    '',
    ...wrap(verdict(dead, outbox), '', look),
  ]
}

function queueLines(queue: InspectedQueue, look: Look): readonly string[] {
  const { name, waiting, delayed, inFlight, deadLetters } = queue
  const facts = [
    `${number(waiting)} waiting`,
    ...(delayed === null ? [] : [`${number(delayed)} delayed`]),
    ...(inFlight === null ? [] : [`${number(inFlight)} in flight`]),
    count(deadLetters, 'dead letter'),
  ]
  const text = facts.join(' · ')
  return name.length < nameColumns
    ? wrap(text, name.padEnd(nameColumns), look)
    : [name, ...wrap(text, ' '.repeat(nameColumns), look)]
}

function deadLines(queue: InspectedQueue, look: Look): readonly string[] {
  const { name, deadLetters, letters } = queue
  const more = deadLetters - letters.length
  return [
    ...titled(`dead letters of ${name}`, look),
    ...letters.flatMap((letter) => letterLines(letter, look)),
    ...(more > 0
      ? wrap(`and ${number(more)} more: --limit shows up to 1000 of each queue`, '', look)
      : []),
  ]
}

export function letterLines(letter: DeadLetter, look: Look): readonly string[] {
  const { id, type, reason, attempts, ageMs } = letter
  const facts = [
    shown(type),
    attempts === null ? 'attempts unknown' : count(attempts, 'attempt'),
    ageMs === null ? 'nobody noted when' : `${ago(ageMs)} ago`,
  ]
  return [
    ...wrap(shown(id), '', look),
    ...wrap(facts.join(' · '), '  ', look),
    ...foreign(reason ?? 'no reason was given', '  ', look),
  ]
}

function outboxLines(outbox: NonNullable<Inspection['outbox']>, look: Look): readonly string[] {
  const { records, isMore, messages, oldestMs, endpoints } = outbox
  if (records === 0) return ['everything that was saved is sent']
  const more = isMore ? ' or more' : ''
  const first = `${count(records, 'record')}${more} with ${count(messages, 'message')} to send; the oldest for ${ago(oldestMs)}`
  const each = Object.entries(endpoints).map(([name, found]) => `${name} ${number(found)}`)
  return [...wrap(first, '', look), ...wrap(each.join(' · '), '  ', look)]
}

function verdict(dead: readonly InspectedQueue[], outbox: Inspection['outbox']): string {
  if (dead.length > 0) {
    const all = dead.map(({ name, deadLetters }) => `${number(deadLetters)} in ${name}`)
    return `DEAD LETTERS  ${all.join(', ')}: replay-dead-letters gives them another chance`
  }
  if (outbox && outbox.records > 0)
    return 'WAITING  no dead letters; the outbox has something to send'
  return outbox
    ? 'CLEAR  no dead letters, and nothing waits in the outbox'
    : 'CLEAR  no dead letters'
}

const number = (value: number): string => value.toLocaleString('en')

/** Words of somebody else, in lines that are never too long. */
export const foreign = (text: string, first: string, { columns }: Look): readonly string[] =>
  wrapTo(columns, clean(text).replaceAll('\n', ' '), { first, others: ' '.repeat(first.length) })

/** In one line, and cut where it is longer than any of ours. */
export function shown(text: string): string {
  const line = clean(text).replaceAll('\n', ' ')
  if (line.trim() === '') return '(none)'
  return line.length > maxShown ? `${line.slice(0, maxShown - 1).toWellFormed()}…` : line
}

/** `45 s`, `12 min`, `3 h 20 min`, `2 days`. */
export function ago(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return `${Math.floor(ms / 1000)} s`
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return `${hours} h ${minutes % 60} min`
  return `${Math.floor(hours / 24)} days`
}
