// What there is to plan with: the exercises and lectures of this checkout with their minutes, read
// from their own files. Exercises that are still to be written are not among them.

import { basename } from 'node:path'
import { type Exercise, readExercises } from '../catalogue/exercise.ts'
import { readPristine } from '../catalogue/pristine.ts'
import { readLectures } from '../lectures/check.ts'
import type { Lecture } from '../lectures/lecture.ts'
import { type Route, slugs } from './routes.ts'
import { type TimeBox, timeBoxOf } from './time-box.ts'

export type CourseExercise = TimeBox & {
  /** `03` */
  readonly number: string
  /** `idempotent-business-logic` */
  readonly slug: string
  readonly title: string
  readonly minutes: number
  /** Whether it can be shown on real processes. */
  readonly hasDemo: boolean
}

export type CourseLecture = {
  /** `04` */
  readonly number: string
  readonly title: string
  readonly minutes: number
  /** The number of the exercise that it stands before, or after. */
  readonly exercise: string
  readonly isBefore: boolean
}

export type Course = {
  readonly exercises: readonly CourseExercise[]
  readonly lectures: readonly CourseLecture[]
}

/** The course of this checkout, whatever an attendee has made of the exercises. */
export async function readCourse(): Promise<Course> {
  const [exercises, lectures] = await Promise.all([
    readPristine({ worktree: false }).then((pristine) => readExercises(pristine)),
    readLectures(),
  ])
  return { exercises: exercises.map(courseExercise), lectures: lectures.map(courseLecture) }
}

export const courseExercise = ({
  folder,
  number,
  front,
  solutionFolder,
}: Pick<Exercise, 'folder' | 'number' | 'front' | 'solutionFolder'>): CourseExercise => ({
  number,
  slug: folder.slice(number.length + 1),
  title: front.title,
  minutes: front.minutes,
  hasDemo: solutionFolder.has('demo.ts'),
  ...timeBoxOf(solutionFolder.get('INSTRUCTOR.md') ?? '', front.minutes),
})

const courseLecture = ({ path, front }: Pick<Lecture, 'path' | 'front'>): CourseLecture => ({
  number: basename(path).slice(0, 2),
  ...front,
})

/** One place on a route: an exercise that is there, or one that comes later. */
export type Stop = {
  readonly number: string
  readonly slug: string
  /** Whether the room is shown it instead of doing it. */
  readonly isShown: boolean
  /** Undefined where it is still to be written. */
  readonly exercise: CourseExercise | undefined
  /** The lectures that belong to it, those before it first. */
  readonly lectures: readonly CourseLecture[]
}

/** The places of a route, in order. */
export function stopsOf({ exercises, shown }: Route, course: Course): readonly Stop[] {
  return [...exercises, ...shown].toSorted().map((number) => {
    const exercise = course.exercises.find((one) => one.number === number)
    const lectures = course.lectures.filter((one) => one.exercise === number)
    return {
      number,
      slug: exercise?.slug ?? slugs[Number(number) - 1] ?? '',
      isShown: shown.includes(number),
      exercise,
      lectures: exercise === undefined ? [] : lectures.toSorted(beforeFirst),
    }
  })
}

const beforeFirst = (a: CourseLecture, b: CourseLecture): number =>
  Number(b.isBefore) - Number(a.isBefore) || (a.number < b.number ? -1 : 1)

/** The sum of what `minutes` says of each. */
export const totalOf = <T>(all: readonly T[], minutes: (one: T) => number | undefined): number =>
  all.reduce((sum, one) => sum + (minutes(one) ?? 0), 0)
