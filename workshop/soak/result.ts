// What a soak says in the end, and whether it counts: a run in which little went wrong shows
// nothing, however well it ended.

import type { Tally } from './judge.ts'

/** What went wrong on purpose. */
export type Endured = {
  readonly kills: number
  readonly pauses: number
  /** Connections that were reset, or swallowed. */
  readonly cuts: number
  /** Of the broker; of the embedded one, which is a file: all processes at once. */
  readonly restarts: number
  /** Kills of a process that had a message. */
  readonly killsInFlight: number
  /** Processes that died by themselves after a save, before they had published. */
  readonly crashesBetweenCommitAndPublish: number
  /** Copies of a message that were handed out as if they were the first. */
  readonly duplicatesArrived: number
  /** Times when the disk of the store was full. */
  readonly fullDisks: number
  /** What those took. */
  readonly savesRefused: number
}

export type SoakResult = Tally &
  Endured & {
    readonly exercise: string
    readonly answer: string
    readonly broker: 'sqlite' | 'rabbitmq'
    readonly seed: string
    readonly seconds: number
    /** Commands that the broker has confirmed to whoever sent them. */
    readonly messages: number
    readonly messagesPerSecond: number
    readonly ok: boolean
    /** Why it is not; empty where it is. */
    readonly reasons: readonly string[]
    /** The file with the picture of a failure. */
    readonly picture?: string
  }

/** What ten minutes have to show at least. */
const leastInTenMinutes: Readonly<Partial<Record<keyof Endured, number>>> = {
  kills: 100,
  pauses: 50,
  cuts: 50,
  restarts: 5,
  killsInFlight: 30,
  crashesBetweenCommitAndPublish: 100,
  duplicatesArrived: 1000,
}

const words: Readonly<Record<keyof Endured, string>> = {
  kills: 'kills',
  pauses: 'pauses',
  cuts: 'cuts',
  restarts: 'restarts',
  killsInFlight: 'kills with a message in flight',
  crashesBetweenCommitAndPublish: 'crashes between commit and publish',
  duplicatesArrived: 'duplicates that arrived',
  fullDisks: 'full disks',
  savesRefused: 'saves refused by a full disk',
}

export type Applying = {
  readonly broker: 'sqlite' | 'rabbitmq'
  readonly seconds: number
  readonly canPause: boolean
}

/** What is missing for the run to count. */
export function missing(endured: Endured, applying: Applying): readonly string[] {
  return (Object.keys(leastInTenMinutes) as (keyof Endured)[]).flatMap((name) => {
    if (!applies(name, applying)) return []
    const least = Math.floor(((leastInTenMinutes[name] ?? 0) * applying.seconds) / 600)
    if (endured[name] >= least) return []
    return [`it does not count: expected ${least} ${words[name]} at least, got ${endured[name]}`]
  })
}

/** An embedded broker has no connections to cut. */
function applies(name: keyof Endured, { broker, canPause }: Applying): boolean {
  if (name === 'cuts') return broker === 'rabbitmq'
  return name !== 'pauses' || canPause
}

const verdicts: Readonly<Record<keyof Tally, string>> = {
  lost: 'lost',
  duplicated: 'doubled',
  ghosts: 'ghosts',
  differing: 'differing',
  leftovers: 'left over',
}

export const tallyInWords = (tally: Tally): string =>
  (Object.keys(verdicts) as (keyof Tally)[])
    .map((name) => `${tally[name]} ${verdicts[name]}`)
    .join(', ')

/** For people: what was endured, what came of it, and why that is not enough, if it is not. */
export function resultLines(result: SoakResult): readonly string[] {
  const { exercise, answer, broker, seed, messages, messagesPerSecond, ok, reasons } = result
  const endured = (Object.keys(words) as (keyof Endured)[])
    .filter((name) => !(broker === 'sqlite' && name === 'cuts'))
    .map((name) => `${result[name].toLocaleString('en')} ${words[name]}`)
  return [
    `${ok ? '✔' : '✘'} ${exercise} (${answer}) on ${broker}, seed ${seed}`,
    `    ${messages.toLocaleString('en')} messages, ${messagesPerSecond} a second`,
    ...endured.map((line) => `    ${line}`),
    ...(broker === 'sqlite'
      ? [
          '    cuts do not apply: the embedded broker is a file. A restart ends all processes at once',
        ]
      : []),
    `    ${tallyInWords(result)}`,
    ...reasons.map((reason) => `    ✘ ${reason}`),
    ...(result.picture === undefined ? [] : [`    the picture: ${result.picture}`]),
  ]
}
