// A plan of a route: its agenda, what to leave out first when the room is slow, and whether it
// fits. It leaves nothing out by itself; what is not in it is named.

import { type Activity, agenda, type Day, type Group, type Times } from './agenda.ts'
import { type Course, type CourseLecture, type Stop, stopsOf } from './course.ts'
import {
  type Cut,
  cutsOf,
  keptCut,
  keptMinutes,
  lectureCut,
  shorterCut,
  shownCut,
  shownMinutes,
} from './cuts.ts'
import type { Route } from './routes.ts'

export type RankedCut = Cut & {
  /** By how many minutes the plan is too long once this one and all before it are made; 0 where it
   *  fits. */
  readonly overAfter: number
  readonly isMade: boolean
}

export type Plan = {
  readonly route: Route
  readonly times: Times
  readonly days: readonly Day[]
  /** The minutes by which it is too long, over all days; 0 where it fits. */
  readonly over: number
  /** The minutes that are left, over all days; 0 where it does not fit. */
  readonly spare: number
  /** What to leave out, in this order. */
  readonly cuts: readonly RankedCut[]
  /** What the route names and nobody has written yet. */
  readonly later: readonly Stop[]
  /** The lectures whose exercises are not on this route. */
  readonly elsewhere: readonly CourseLecture[]
}

export type PlanWish = Times & {
  /** Whether as many cuts are made, in their order, as it takes to fit. */
  readonly fits: boolean
}

export function planOf(route: Route, course: Course, wish: PlanWish): Plan {
  const { fits, ...times } = wish
  const stops = stopsOf(route, course)
  const kept = keptIn(route, stops)
  const cuts = [...kept.map(keptCut), ...cutsOf(stops)]
  const daysWith = (made: readonly Cut[]): readonly Day[] =>
    agenda(groupsOf(stops, { kept, made }), times)
  const overAfter = [0, ...cuts.map((_, index) => index + 1)].map((count) =>
    overOf(daysWith(cuts.slice(0, count)), times),
  )
  const enough = overAfter.indexOf(0)
  const made = fits ? (enough < 0 ? cuts.length : enough) : 0
  const days = daysWith(cuts.slice(0, made))
  const over = overAfter[made] ?? 0
  return {
    route,
    times,
    days,
    over,
    spare: over > 0 ? 0 : days.reduce((sum, day) => sum + times.minutes - day.minutes, 0),
    cuts: cuts.map((cut, index) => ({
      ...cut,
      overAfter: overAfter[index + 1] ?? 0,
      isMade: index < made,
    })),
    later: stops.filter(({ exercise }) => exercise === undefined),
    elsewhere: course.lectures.filter(
      (lecture) => !stops.some((stop) => stop.lectures.includes(lecture)),
    ),
  }
}

const overOf = (days: readonly Day[], { minutes }: Times): number =>
  days.reduce((sum, day) => sum + Math.max(0, day.minutes - minutes), 0)

/** What the room will do and nobody has written yet: where the days are counted and something else
 *  is there, its time is kept. */
function keptIn({ days }: Route, stops: readonly Stop[]): readonly Stop[] {
  if (days === undefined || !stops.some(({ exercise }) => exercise)) return []
  return stops.filter(({ exercise, isShown }) => !exercise && !isShown)
}

type Choice = { readonly kept: readonly Stop[]; readonly made: readonly Cut[] }

/** What is left of the stops once these cuts are made. */
function groupsOf(stops: readonly Stop[], { kept, made }: Choice): readonly Group[] {
  const isCut = (what: string): boolean => made.some((cut) => cut.what === what)
  return stops
    .map((stop): Group => {
      const lectures = stop.lectures.filter((lecture) => !isCut(lectureCut(lecture).what))
      return [
        ...lectures.filter(({ isBefore }) => isBefore).map(told),
        ...(kept.includes(stop) && !isCut(keptCut(stop).what) ? [keptFor(stop)] : []),
        ...exerciseOf(stop, isCut),
        ...lectures.filter(({ isBefore }) => !isBefore).map(told),
      ]
    })
    .filter((group) => group.length > 0)
}

const told = ({ number, title, minutes }: CourseLecture): Activity => ({
  kind: 'lecture',
  number,
  title,
  minutes,
})

const keptFor = ({ number, slug }: Stop): Activity => ({
  kind: 'kept',
  number,
  title: slug,
  minutes: keptMinutes,
  note: 'still to be written: its time is kept',
})

function exerciseOf(stop: Stop, isCut: (what: string) => boolean): readonly Activity[] {
  const { exercise, isShown } = stop
  if (!exercise) return []
  const { number, title, minutes, alone, mob } = exercise
  if (isShown) {
    const note = 'shown: its picture, its cure, one question'
    const shown: Activity = { kind: 'shown', number, title, minutes: shownMinutes, note }
    return isCut(shownCut(exercise).what) ? [] : [shown]
  }
  const cut = shorterCut(exercise)
  if (cut && isCut(cut.what)) {
    return [{ kind: 'exercise', number, title, minutes: cut.left, note: 'shorter' }]
  }
  const parts = [alone ? `alone ${alone}` : '', mob ? `as a mob ${mob}` : ''].filter(Boolean)
  const note = parts.length > 0 ? { note: parts.join(', ') } : {}
  return [{ kind: 'exercise', number, title, minutes, ...note }]
}
