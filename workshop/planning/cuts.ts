// What can be left out of a route without breaking its story, in the order in which to do so, and
// what each saves. An exercise is made shorter as its own page for instructors says; a lecture is
// read at home; what is only shown is left out.

import { type CourseExercise, type CourseLecture, type Stop } from './course.ts'
import { cutFirst } from './routes.ts'

export type Cut = {
  /** `exercise 04`, `lecture 12` */
  readonly what: string
  readonly title: string
  /** What to do instead. */
  readonly how: string
  /** The minutes that it takes then; 0: it is not in the plan any more. */
  readonly left: number
  /** In minutes. */
  readonly saves: number
}

/** What it takes to show an exercise instead of doing it. */
export const shownMinutes = 5

/** The time that is kept for an exercise that is still to be written: what most take. */
export const keptMinutes = 20

/** The cuts of these stops: first what is only shown, then as `cutFirst` says, then by what they
 *  save. */
export function cutsOf(stops: readonly Stop[]): readonly Cut[] {
  const all = stops.flatMap(({ exercise, isShown, lectures }) => {
    const cut = exercise && (isShown ? shownCut(exercise) : shorterCut(exercise))
    return [
      ...(cut ? [{ ...cut, rank: isShown ? -1 : rankOf(cut) }] : []),
      ...lectures.map(lectureCut).map((one) => ({ ...one, rank: rankOf(one) })),
    ]
  })
  return all
    .toSorted((a, b) => a.rank - b.rank || b.saves - a.saves)
    .map(({ rank: _, ...cut }) => cut)
}

function rankOf({ what }: Cut): number {
  const place = cutFirst.indexOf(what)
  return place < 0 ? cutFirst.length : place
}

/** Undefined where its page does not say how, or it saves nothing. */
export function shorterCut(exercise: CourseExercise): Cut | undefined {
  const { number, title, minutes, shorter } = exercise
  if (!shorter || shorter.minutes >= minutes) return undefined
  return {
    what: `exercise ${number}`,
    title,
    how: shorter.how,
    left: shorter.minutes,
    saves: minutes - shorter.minutes,
  }
}

export const shownCut = ({ number, title }: CourseExercise): Cut => ({
  what: `exercise ${number}`,
  title,
  how: 'do not show it',
  left: 0,
  saves: shownMinutes,
})

export const keptCut = ({ number, slug }: Pick<Stop, 'number' | 'slug'>): Cut => ({
  what: `exercise ${number}`,
  title: slug,
  how: 'it is still to be written: do not keep its time',
  left: 0,
  saves: keptMinutes,
})

export const lectureCut = ({ number, title, minutes }: CourseLecture): Cut => ({
  what: `lecture ${number}`,
  title,
  how: 'leave it to be read at home',
  left: 0,
  saves: minutes,
})
