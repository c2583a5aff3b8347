// A route as somebody on it sees it: what it takes, what of it is there, what is done, what is
// left.

import type { Progress } from '../progress/state.ts'
import { progressOf } from '../progress/state.ts'
import { type Course, type Stop, stopsOf, totalOf } from './course.ts'
import type { Route } from './routes.ts'

export type StopState = 'done' | 'now' | 'open' | 'skipped' | 'later'

export type StopView = Stop & { readonly state: StopState }

export type RouteView = {
  readonly route: Route
  readonly stops: readonly StopView[]
  /** Of what the room does, and in minutes. What is shown, or comes later, is not counted. */
  readonly exercises: Minutes
  readonly lectures: number
  /** What neither is done nor was skipped, in minutes. */
  readonly left: { readonly exercises: number; readonly lectures: number }
  readonly done: number
}

export type Minutes = {
  readonly count: number
  readonly total: number
  /** The parts of the total that the pages for instructors name; the rest is spent together. */
  readonly alone: number
  readonly mob: number
}

export function routeView(route: Route, course: Course, progress: Progress): RouteView {
  const stops = stopsOf(route, course).map((stop): StopView => ({
    ...stop,
    state: stateOf(stop, progress),
  }))
  const mine = stops.filter(({ isShown, exercise }) => !isShown && exercise !== undefined)
  const left = stops.filter(({ state }) => state === 'open' || state === 'now')
  return {
    route,
    stops,
    exercises: {
      count: mine.length,
      total: minutesOf(mine),
      alone: totalOf(mine, ({ exercise }) => exercise?.alone),
      mob: totalOf(mine, ({ exercise }) => exercise?.mob),
    },
    lectures: lectureMinutes(stops),
    left: {
      exercises: minutesOf(left.filter(({ isShown }) => !isShown)),
      lectures: lectureMinutes(left),
    },
    done: mine.filter(({ state }) => state === 'done').length,
  }
}

function stateOf({ slug, exercise }: Stop, progress: Progress): StopState {
  if (!exercise) return 'later'
  const { status } = progressOf(progress, slug)
  return status === 'open' && progress.current === slug ? 'now' : status
}

const minutesOf = (stops: readonly Stop[]): number =>
  totalOf(stops, ({ exercise }) => exercise?.minutes)

const lectureMinutes = (stops: readonly Stop[]): number =>
  totalOf(
    stops.flatMap(({ lectures }) => lectures),
    ({ minutes }) => minutes,
  )

/** A route as one line of JSON holds it. */
export const routeJson = ({ route, stops, exercises, lectures, left, done }: RouteView) => ({
  route: route.name,
  title: route.title,
  days: route.days ?? null,
  dayMinutes: route.dayMinutes,
  exercises,
  lectureMinutes: lectures,
  done,
  left,
  stops: stops.map(({ number, slug, state, isShown, exercise, lectures: before }) => ({
    number,
    slug,
    title: exercise?.title ?? null,
    minutes: exercise?.minutes ?? null,
    state,
    isShown,
    lectures: before.map((lecture) => lecture.number),
  })),
})
