// A small course for tests, which no edit of an exercise changes.

import type { Course, CourseExercise, CourseLecture } from '../course.ts'
import type { Route } from '../routes.ts'

const exercise = (
  number: string,
  title: string,
  rest: Partial<CourseExercise> = {},
): CourseExercise => ({
  number,
  slug: title.toLowerCase().replaceAll(' ', '-'),
  title,
  minutes: 20,
  alone: 8,
  mob: 10,
  shorter: undefined,
  hasDemo: false,
  ...rest,
})

const lecture = (
  number: string,
  title: string,
  rest: Partial<CourseLecture> = {},
): CourseLecture => ({ number, title, minutes: 12, exercise: '01', isBefore: true, ...rest })

export const course: Course = {
  exercises: [
    exercise('01', 'Two clicks', {
      shorter: { minutes: 8, how: 'Skip the solo part, and read the picture of each aloud' },
    }),
    exercise('02', 'Sync to async', { minutes: 30, alone: 0, mob: 30 }),
    exercise('03', 'Idempotent business logic', { minutes: 15, alone: 8, mob: 5, hasDemo: true }),
    exercise('04', 'Simulate duplication', {
      minutes: 15,
      mob: undefined,
      shorter: { minutes: 5, how: 'Show the solution, and ask the second question' },
    }),
  ],
  lectures: [
    lecture('00', 'Hard limits'),
    lecture('01', 'Facts, commands, and processes that go in circles', {
      minutes: 15,
      exercise: '02',
    }),
    lecture('02', 'Off the shelf or tailor-made', { exercise: '04', isBefore: false }),
    lecture('03', 'Quorums', { exercise: '29' }),
  ],
}

export const route: Route = {
  name: 'one-day',
  title: 'One day: from two clicks to a monkey',
  exercises: ['01', '02', '04', '15'],
  shown: ['03'],
  days: 1,
  dayMinutes: 180,
}
