// How an exercise's minutes are spent in a room, read from the sentences of its page for
// instructors: so many alone, so many as a mob, and how to make it shorter. What a page does not
// say is undefined; nothing is guessed.

import { plain, sectionOf } from '../catalogue/readme.ts'

export type Shorter = {
  /** The minutes that are left of it. */
  readonly minutes: number
  /** How: the page's own words. */
  readonly how: string
}

export type TimeBox = {
  readonly alone: number | undefined
  readonly mob: number | undefined
  readonly shorter: Shorter | undefined
}

/** The time box of `page`, an INSTRUCTOR.md, for an exercise of `minutes`. */
export function timeBoxOf(page: string, minutes: number): TimeBox {
  const box = plain(sectionOf(page, 'Time box'))
  const cut = plain(sectionOf(page, 'Where to cut'))
  const left = numberIn(cut, /(\d+) minutes/)
  const alone = numberIn(box, /(\d+) alone/)
  const isMob = /as a mob from the start/.test(box)
  return {
    alone: isMob ? 0 : alone,
    mob: isMob ? minutes : numberIn(box, /(\d+) as a mob/),
    shorter: left === undefined ? undefined : { minutes: left, how: wordsBefore(cut) },
  }
}

function numberIn(text: string, pattern: RegExp): number | undefined {
  const found = pattern.exec(text)?.[1]
  return found === undefined ? undefined : Number(found)
}

/** What stands before the minutes that are left. */
const wordsBefore = (cut: string): string => cut.slice(0, cut.search(/:? *\d+ minutes/))
