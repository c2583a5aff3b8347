// What a mob has agreed on: who drives, in which order, and for how long each.

import { SetupProblem } from '../command.ts'

export type MobPlan = {
  /** At least two, each with a name of its own. */
  readonly drivers: readonly string[]
  readonly turnMs: number
  readonly goal: string | undefined
  /** How many turns there are; undefined: until somebody ends it. */
  readonly turns: number | undefined
}

export type MobOptions = {
  readonly drivers: string | undefined
  readonly minutes: string | undefined
  readonly goal?: string | undefined
  /** A round is one turn of everybody. */
  readonly rounds: string | undefined
}

const example = 'mob --drivers ann,ben,cy --minutes 7'
const mostDrivers = 20
const mostCharacters = 40

/** Throws a `SetupProblem` that says what to write instead. */
export function mobPlan({ drivers, minutes, goal, rounds }: MobOptions): MobPlan {
  const names = namesIn(drivers)
  const each = whole('minutes', minutes, 60)
  const times = rounds === undefined ? undefined : whole('rounds', rounds, 100)
  const text = oneLine(goal ?? '')
  return {
    drivers: names,
    turnMs: each * 60_000,
    goal: text === '' ? undefined : text,
    turns: times === undefined ? undefined : times * names.length,
  }
}

function namesIn(drivers = ''): readonly string[] {
  const names = drivers.split(',').map(oneLine)
  const problem = (got: string): SetupProblem =>
    new SetupProblem(
      `expected --drivers with 2 to ${mostDrivers} names between commas, got ${got}: ${example}`,
    )
  if (names.every((name) => name === '')) throw problem('none')
  if (names.includes('')) throw problem(`an empty name in "${oneLine(drivers)}"`)
  const [twice] = names.filter((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw problem(`"${twice}" twice, and nobody would know who drives`)
  if (names.length < 2) throw problem(`"${names[0] ?? ''}" alone`)
  if (names.length > mostDrivers) throw problem(`${names.length}`)
  const long = names.find((name) => name.length > mostCharacters)
  if (long !== undefined) throw problem(`a name of ${long.length} characters`)
  return names
}

/** In one form of Unicode, without what would move the cursor of a terminal. */
const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\s\p{Cc}\p{Bidi_Control}]+/gu, ' ')
    .trim()

function whole(name: string, text: string | undefined, most: number): number {
  const value = /^\d{1,3}$/.test(text ?? '') ? Number(text) : 0
  if (value >= 1 && value <= most) return value
  throw new SetupProblem(
    `expected --${name} and a whole number from 1 to ${most}, got "${text ?? 'nothing'}": ${example}`,
  )
}
