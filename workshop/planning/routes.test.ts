import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { SetupProblem } from '../command.ts'
import { root } from '../root.ts'
import { type Course, readCourse, stopsOf } from './course.ts'
import { cutsOf } from './cuts.ts'
import { planOf } from './plan.ts'
import { cutFirst, numberOf, routeOf, routes, slugs } from './routes.ts'

let course: Course
beforeAll(async () => {
  course = await readCourse()
})

const folders = readdirSync(join(root, 'exercises')).filter((name) => /^\d\d-/.test(name))

test('the exercises that exist have the numbers and the slugs that the routes know', () => {
  for (const folder of folders) {
    expect(folder).toBe(`${folder.slice(0, 2)}-${slugs[Number(folder.slice(0, 2)) - 1]}`)
  }
  expect(new Set(slugs).size).toBe(slugs.length)
})

test('a route names no exercise twice, and none that nobody knows, in the order of their numbers', () => {
  const known = slugs.map((_, index) => numberOf(index + 1))
  for (const { name, exercises, shown } of routes) {
    const named = [...exercises, ...shown]
    expect(new Set(named).size, name).toBe(named.length)
    expect(known, name).toEqual(expect.arrayContaining(named))
    expect([...exercises], name).toEqual(exercises.toSorted())
    expect([...shown], name).toEqual(shown.toSorted())
  }
})

test('everything is every exercise, and its plan has every lecture', () => {
  const everything = routeOf('everything')
  expect(everything.exercises).toHaveLength(slugs.length)
  const wish = { from: 0, minutes: 390, days: undefined, fits: false }
  const plan = planOf(everything, course, wish)
  const planned = plan.days.flatMap(({ slots }) => slots)
  const numbersOf = (kind: string) =>
    planned
      .filter((slot) => slot.kind === kind)
      .map(({ number }) => number ?? '')
      .toSorted()
  expect(numbersOf('lecture')).toEqual(
    readdirSync(join(root, 'lectures'))
      .filter((file) => /^\d\d-.*\.md$/.test(file))
      .map((file) => file.slice(0, 2)),
  )
  expect(numbersOf('exercise')).toEqual(folders.map((folder) => folder.slice(0, 2)))
  expect(plan.elsewhere).toEqual([])
})

test('the two days are the core, and show all else up to 27', () => {
  const { exercises, shown } = routeOf('two-days')
  expect(exercises).toHaveLength(15)
  expect([...exercises, ...shown].toSorted()).toEqual(routeOf('everything').exercises.slice(0, 27))
})

test('the one day fits into its seven hours, with breaks and a lunch', () => {
  const oneDay = routeOf('one-day')
  const plan = planOf(oneDay, course, { from: 540, minutes: 420, days: 1, fits: false })
  expect(plan.over).toBe(0)
})

test('the two days keep the time of what is still to be written, and can be made to fit', () => {
  const twoDays = routeOf('two-days')
  const wish = { from: 540, minutes: 390, days: 2, fits: false }
  const plan = planOf(twoDays, course, wish)
  const kept = plan.days.flatMap(({ slots }) => slots.filter(({ kind }) => kind === 'kept'))
  const missing = twoDays.exercises.filter((number) =>
    course.exercises.every((exercise) => exercise.number !== number),
  )
  expect(kept.map(({ number }) => number)).toEqual(missing)
  expect(plan.later.map(({ number }) => number)).toEqual(expect.arrayContaining(missing))
  expect(planOf(twoDays, course, { ...wish, fits: true }).over).toBe(0)
})

test('what an exercise does alone and as a mob are parts of its minutes', () => {
  for (const { number, minutes, alone = 0, mob = 0 } of course.exercises) {
    expect(alone + mob, number).toBeLessThanOrEqual(minutes)
    expect(alone + mob, number).toBeGreaterThan(0)
  }
})

test('every exercise of more than ten minutes says how to be shorter', () => {
  const cuts = cutsOf(stopsOf(routeOf('everything'), course))
  const long = course.exercises.filter(({ minutes }) => minutes > 10)
  expect(cuts.map(({ what }) => what)).toEqual(
    expect.arrayContaining(long.map(({ number }) => `exercise ${number}`)),
  )
  for (const { what, how } of cuts) expect(how, what).not.toBe('')
})

test('what goes first exists', () => {
  const known = [
    ...course.exercises.map(({ number }) => `exercise ${number}`),
    ...course.lectures.map(({ number }) => `lecture ${number}`),
  ]
  expect(known).toEqual(expect.arrayContaining([...cutFirst]))
})

test('a route goes by its name, or by as much of it as no other begins with', () => {
  expect(routeOf('one-day').name).toBe('one-day')
  expect(routeOf('t').name).toBe('two-days')
  expect(routeOf('pat').name).toBe('patterns')
  for (const name of ['', 'nowhere', 'one-days', 'Two']) {
    expect(() => routeOf(name), name).toThrow(SetupProblem)
  }
  expect(() => routeOf('nowhere')).toThrow('one-day, two-days, patterns, everything')
})
