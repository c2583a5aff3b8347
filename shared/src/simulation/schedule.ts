// A schedule as a short text that can be typed: `4.2k9-0.1x3`. Each part is a choice that is not
// the first option: how many choices after the last such part it comes (base 36), which option it
// is (base 36), and two letters that stand for the words of the choice. Replaying goes by the words
// before the position, so that a schedule survives small edits of the code.

import { digestOfText } from './digest.ts'
import type { Option, Options } from './option.ts'
import type { Strategy } from './strategy.ts'

type Deviation = { readonly skip: number; readonly position: number; readonly mark: string }

/** The schedule of `choices`; `marks` has the mark of each of them, as `markOf` makes them. */
export function encodeSchedule(choices: readonly number[], marks: readonly string[]): string {
  const parts: string[] = []
  let skip = 0
  for (const [index, choice] of choices.entries()) {
    if (choice === 0) skip += 1
    else {
      parts.push(`${skip.toString(36)}.${choice.toString(36)}${marks[index] ?? '00'}`)
      skip = 0
    }
  }
  return parts.join('-') || '0'
}

/** Two letters for: take `chosen` where `instead` would have been next. */
export function markOf(instead: Option, chosen: Option): string {
  return (digestOfText(`${instead.label} > ${chosen.label}`) % 1296).toString(36).padStart(2, '0')
}

/** Throws a TypeError for a text that is no schedule. */
export function decodeSchedule(text: string): readonly Deviation[] {
  if (text === '0') return []
  return text.split('-').map((part) => {
    const match = /^([0-9a-z]+)\.([0-9a-z]+)([0-9a-z]{2})$/.exec(part)
    const [, skip = '', position = '', mark = ''] = match ?? []
    if (match && text.length <= 1000) {
      return { skip: Number.parseInt(skip, 36), position: Number.parseInt(position, 36), mark }
    }
    throw new TypeError(
      `expected a schedule such as 4.2k9-0.1x3, got "${text}". Copy the whole word after --schedule`,
    )
  })
}

export type Replay = Strategy & {
  /** What did not go as the schedule says, in words; empty where all did. */
  readonly diverged: readonly string[]
}

/** Follows the schedule. `byWords`: takes each choice wherever its words first fit; else only at
 *  its position, and its words only say whether that is still the same choice. */
export function replay(text: string, { byWords }: { readonly byWords: boolean }): Replay {
  const deviations = decodeSchedule(text)
  const diverged: string[] = []
  let next = 0
  let passed = 0
  const missing = (): string =>
    `choice ${next + 1} of ${deviations.length} (${deviations[next]?.mark}) was not found`
  return {
    begin: () => {
      diverged.length = 0
      next = 0
      passed = 0
    },
    choose: (_simulation, options) => {
      const wanted = deviations[next]
      if (!wanted) return 0
      const isDue = passed === wanted.skip
      const position = byWords || isDue ? find(options, wanted) : 0
      if (position === 0) {
        passed += 1
        return 0
      }
      if (byWords && !isDue) {
        diverged.push(
          `choice ${next + 1} was taken ${passed} choices after the last, not ${wanted.skip}`,
        )
      }
      next += 1
      passed = 0
      return position
    },
    get diverged() {
      return next < deviations.length ? [...diverged, missing()] : diverged
    },
  }
}

/** The option that the deviation means; 0 where there is none. */
function find(options: Options, { position, mark }: Deviation): number {
  const instead = options.at(0)
  const fits = (index: number): boolean =>
    index < options.length && markOf(instead, options.at(index)) === mark
  if (fits(position)) return position
  for (let index = 1; index < options.length; index += 1) if (fits(index)) return index
  return 0
}
