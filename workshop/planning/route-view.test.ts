import { join } from 'node:path'
import { expect, test } from 'vitest'
import { noProgress, type Progress, withExercise } from '../progress/state.ts'
import { routeLines, routesLines } from './route-lines.ts'
import { routeJson, routeView } from './route-view.ts'
import { course, route } from './testing/course.ts'

const done = (progress: Progress, slug: string): Progress =>
  withExercise(progress, slug, (one) => ({ ...one, status: 'done' }))

const onTheWay: Progress = { ...done(noProgress, 'two-clicks'), current: 'sync-to-async' }
const later = { ...route, name: 'patterns', exercises: ['28', '29'], shown: [] }

test('a stop is done, the one that is open now, open, or still to be written', () => {
  const { stops } = routeView(route, course, onTheWay)
  expect(stops.map(({ number, state }) => `${number} ${state}`)).toEqual([
    '01 done',
    '02 now',
    '03 open',
    '04 open',
    '15 later',
  ])
})

test('its minutes are those of the exercises that the room does, alone and as a mob', () => {
  const view = routeView(route, course, noProgress)
  expect(view.exercises).toEqual({ count: 3, total: 65, alone: 16, mob: 40 })
  expect(view.lectures).toBe(12 + 15 + 12)
})

test('what is left is what is neither done nor skipped', () => {
  expect(routeView(route, course, onTheWay)).toMatchObject({
    done: 1,
    left: { exercises: 45, lectures: 27 },
  })
  const skipped = withExercise(onTheWay, 'sync-to-async', (one) => ({ ...one, status: 'skipped' }))
  expect(routeView(route, course, skipped).left.exercises).toBe(15)
})

test('a route of which nothing is written yet is no crash', () => {
  const view = routeView(later, course, noProgress)
  expect(view).toMatchObject({ done: 0, exercises: { count: 0, total: 0 }, lectures: 0 })
  expect(routeLines(view, 80).join('\n')).toContain('… later')
  expect(routesLines([view], 80).join('\n')).toContain('none of them yet')
})

test.each([80, 60])('routes in %i columns', async (width) => {
  const golden = (name: string): string => join(import.meta.dirname, 'golden', name)
  const views = [route, later].map((one) => routeView(one, course, onTheWay))
  const all = routesLines(views, width)
  await expect(`${all.join('\n')}\n`).toMatchFileSnapshot(golden(`routes-${width}.txt`))
  const one = routeLines(routeView(route, course, onTheWay), width)
  await expect(`${one.join('\n')}\n`).toMatchFileSnapshot(golden(`route-${width}.txt`))
  for (const line of [...all, ...one]) expect(line.length, line).toBeLessThanOrEqual(width)
})

test('with --json a stop that is still to be written has no minutes', () => {
  const { stops } = routeJson(routeView(route, course, onTheWay))
  expect(stops.at(-1)).toEqual({
    number: '15',
    slug: 'when-is-it-over',
    title: null,
    minutes: null,
    state: 'later',
    isShown: false,
    lectures: [],
  })
})
