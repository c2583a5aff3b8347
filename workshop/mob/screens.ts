// What a mob sees: one line that counts down, and a clear one when the keyboard is handed over; the
// same in large for a projector, in plain lines, and as JSON.

import { bigLetters } from '../large/letters.ts'
import { type Block, large, largeColumns } from '../large.ts'
import { wrap } from '../screens/text.ts'
import type { MobEvent, Turn } from './timer.ts'

export type MobForm = 'terminal' | 'large' | 'plain' | 'json'

export type MobNews = {
  readonly event: MobEvent
  /** Files in `exercises/` that are not committed. */
  readonly uncommitted: readonly string[]
}

const bell = '\u0007'
const filesMost = 5

/** `06:12` */
export function clockOf(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1000)
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`
}

/** The line that is drawn again each second, never wider than `columns`. */
export function statusLine(turn: Turn, columns: number): string {
  const state = turn.isPaused ? ' (paused)' : ''
  const goal = turn.goal === undefined ? '' : ` · goal "${turn.goal}"`
  const line = `mob: ${turn.driver} drives ${clockOf(turn.leftMs)}${state} · next ${turn.next}${goal}`
  return cutTo(line, columns)
}

/** The same as a screen of its own. */
export function largeStatus(turn: Turn): readonly string[] {
  const blocks: Block[] = [
    `${turn.driver} drives`,
    bigLetters(clockOf(turn.leftMs), largeColumns),
    ...(turn.isPaused ? ['paused'] : []),
    `next: ${turn.next}`,
    ...(turn.goal === undefined ? [] : [`goal: ${turn.goal}`]),
  ]
  return large(blocks)
}

/** What is told of an event, and stays on the screen. */
export function newsLines(
  { event, uncommitted }: MobNews,
  form: MobForm,
  columns: number,
): string[] {
  if (form === 'json') return [JSON.stringify(asData(event, uncommitted))]
  const told = sentenceOf(event)
  if (form === 'plain') {
    const files = event.type === 'turn' && event.isHandOver ? filesInWords(uncommitted) : ''
    return told === '' ? [] : [`${told}${files}`]
  }
  if (event.type !== 'turn' || !event.isHandOver) return [...wrap(told, '', { columns })]
  return [
    bell,
    ...wrap(`>>> ${told}`, '', { columns }),
    ...filesListed(uncommitted).map((line) => cutTo(line, columns)),
    '',
  ]
}

function sentenceOf(event: MobEvent): string {
  switch (event.type) {
    case 'turn': {
      const { driver, next, goal } = event.turn
      const towards = goal === undefined || event.isHandOver ? '' : ` Goal: ${goal}.`
      return event.isHandOver
        ? `HAND OVER to ${driver}. Next: ${next}. Save all files.`
        : `MOB  ${driver} drives for ${clockOf(event.turn.leftMs)}. Next: ${next}.${towards}`
    }
    case 'paused':
      return `PAUSED with ${clockOf(event.turn.leftMs)} left for ${event.turn.driver}.`
    case 'resumed':
      return `GOES ON with ${clockOf(event.turn.leftMs)} left for ${event.turn.driver}.`
    case 'ended':
      return `END after ${event.turns} ${event.turns === 1 ? 'turn' : 'turns'}: ${event.why}.`
  }
}

function filesListed(files: readonly string[]): readonly string[] {
  if (files.length === 0) return []
  const more = files.length - filesMost
  return [
    'Not committed:',
    ...files.slice(0, filesMost).map((file) => `  ${file}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ]
}

function filesInWords(files: readonly string[]): string {
  if (files.length === 0) return ''
  const more = files.length - filesMost
  const named = files.slice(0, filesMost).join(', ')
  return ` Not committed: ${named}${more > 0 ? ` and ${more} more` : ''}.`
}

const asData = (event: MobEvent, uncommitted: readonly string[]): object =>
  event.type === 'turn' ? { ...event, uncommitted } : event

/** Letters of East Asia and pictures are two columns wide. */
const eastAsian =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/
const isWide = (one: string): boolean =>
  eastAsian.test(one) || /\p{Extended_Pictographic}/u.test(one)

/** `text`, or its beginning and an ellipsis. */
export function cutTo(text: string, columns: number): string {
  const characters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment)
  const widths = characters.map((one) => (isWide(one) ? 2 : 1))
  if (widths.reduce((sum, width) => sum + width, 0) <= columns) return text
  let used = 1
  const end = widths.findIndex((width) => (used += width) > columns)
  return `${characters.slice(0, end).join('')}…`
}
