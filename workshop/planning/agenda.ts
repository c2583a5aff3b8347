// The days of a workshop by the clock: what belongs together stays together, breaks and a lunch are
// put in, and each day ends with a debrief. Whatever is given is placed: what does not fit makes a
// day too long, and never gets lost.

import { breaksBefore, type Sitting } from './breaks.ts'

export type Activity = {
  readonly kind: 'welcome' | 'lecture' | 'exercise' | 'shown' | 'kept' | 'debrief'
  /** The number of the lecture or exercise. */
  readonly number?: string
  readonly title: string
  readonly minutes: number
  /** How the time is spent. */
  readonly note?: string
}

/** An exercise with its lectures. */
export type Group = readonly Activity[]

export type Slot = Omit<Activity, 'kind'> & {
  readonly kind: Activity['kind'] | 'break' | 'lunch'
  /** The minute of the day at which it begins, from midnight. */
  readonly at: number
}

export type Day = {
  readonly slots: readonly Slot[]
  /** From start to end, breaks included. */
  readonly minutes: number
  /** The minute of the day at which it ends. */
  readonly end: number
}

export type Times = {
  /** The minute of the day at which each day begins. */
  readonly from: number
  /** How long a day may be, breaks included. */
  readonly minutes: number
  /** How many days there are; undefined: as many as it takes. */
  readonly days: number | undefined
}

const breakMinutes = 15
const lunchMinutes = 45
/** A day that is longer than this has a lunch. */
const lunchAfter = 240
/** The lunch is near the middle of the day, but not before 11:45 or after 13:00. */
const noon = { first: 11 * 60 + 45, last: 13 * 60 }

const arrival: Activity = {
  kind: 'welcome',
  title: 'Welcome',
  minutes: 10,
  note: 'a red test on every screen, and how to read its picture',
}
const recap: Activity = {
  kind: 'welcome',
  title: 'Where we were',
  minutes: 5,
  note: 'one sentence each: what holds now',
}
const debrief: Activity = {
  kind: 'debrief',
  title: 'Debrief',
  minutes: 15,
  note: 'what holds now, what is still open, what you try on Monday',
}

/** The days, each filled before the next begins; the last one takes what is left. */
export function agenda(groups: readonly Group[], times: Times): readonly Day[] {
  const days: (readonly Group[])[] = []
  let open: readonly Group[] = []
  for (const group of groups) {
    const isLast = times.days !== undefined && days.length + 1 >= times.days
    const { minutes } = dayOf([...open, group], { isFirst: days.length === 0, from: times.from })
    if (open.length > 0 && minutes > times.minutes && !isLast) {
      days.push(open)
      open = []
    }
    open = [...open, group]
  }
  if (open.length > 0) days.push(open)
  return days.map((day, index) => dayOf(day, { isFirst: index === 0, from: times.from }))
}

type Opening = { readonly isFirst: boolean; readonly from: number }

function dayOf(groups: readonly Group[], { isFirst, from }: Opening): Day {
  const activities = [isFirst ? arrival : recap, ...groups.flat(), debrief]
  // A new subject is where a group ends, unless the day ends there.
  const ends = new Set(groups.slice(0, -1).map((group) => group.at(-1)))
  const sittings = activities.map((one): Sitting => ({
    minutes: one.minutes,
    goesOn: !ends.has(one),
  }))
  const before = breaksBefore(sittings)
  const slots = withBreaks(activities, { before, lunch: undefined, from })
  if (endOf(slots) - from <= lunchAfter || before.length === 0) return done(slots, from)
  const lunch = lunchBefore(slots, before, from)
  return done(withBreaks(activities, { before, lunch, from }), from)
}

const done = (slots: readonly Slot[], from: number): Day => ({
  slots,
  minutes: endOf(slots) - from,
  end: endOf(slots),
})

const endOf = (slots: readonly Slot[]): number => {
  const last = slots.at(-1)
  return last ? last.at + last.minutes : 0
}

type Breaks = {
  /** The indices of the activities that a break comes before. */
  readonly before: readonly number[]
  /** The one of them before which it is a lunch. */
  readonly lunch: number | undefined
  readonly from: number
}

function withBreaks(
  activities: readonly Activity[],
  { before, lunch, from }: Breaks,
): readonly Slot[] {
  const slots: Slot[] = []
  let at = from
  const place = (slot: Omit<Slot, 'at'>): void => {
    slots.push({ ...slot, at })
    at += slot.minutes
  }
  for (const [index, activity] of activities.entries()) {
    if (index === lunch) place({ kind: 'lunch', title: mealAt(at), minutes: lunchMinutes })
    else if (before.includes(index)) place({ kind: 'break', title: 'Break', minutes: breakMinutes })
    place(activity)
  }
  return slots
}

const mealAt = (at: number): string => (at >= 11 * 60 && at <= 14 * 60 + 30 ? 'Lunch' : 'Meal')

/** The break that is nearest to where a lunch should be. */
function lunchBefore(
  slots: readonly Slot[],
  before: readonly number[],
  from: number,
): number | undefined {
  const end = endOf(slots)
  const middle = (from + end) / 2
  const isNoonInside = from + 60 <= noon.last && end - 60 >= noon.first
  const wanted = isNoonInside ? Math.min(noon.last, Math.max(noon.first, middle)) : middle
  const breaks = slots.filter(({ kind }) => kind === 'break')
  const distance = (index: number): number => Math.abs((breaks[index]?.at ?? 0) - wanted)
  const [nearest] = before.map((_, index) => index).toSorted((a, b) => distance(a) - distance(b))
  return nearest === undefined ? undefined : before[nearest]
}
