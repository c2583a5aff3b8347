import { join } from 'node:path'
import { expect, test } from 'vitest'
import { planJson } from './plan-json.ts'
import { planLines } from './plan-lines.ts'
import { planOf, type PlanWish } from './plan.ts'
import { routes } from './routes.ts'
import { course, route } from './testing/course.ts'

const wish = (rest: Partial<PlanWish> = {}): PlanWish => ({
  from: 9 * 60,
  minutes: 180,
  days: 1,
  fits: false,
  ...rest,
})

const kinds = (plan: ReturnType<typeof planOf>): readonly string[] =>
  plan.days.flatMap(({ slots }) =>
    slots
      .filter(({ number }) => number !== undefined)
      .map(({ kind, number }) => `${kind} ${number}`),
  )

const golden = (name: string): string => join(import.meta.dirname, 'golden', name)

test('a lecture stands right before its exercise, or after it, as its front matter says', () => {
  expect(kinds(planOf(route, course, wish()))).toEqual([
    'lecture 00',
    'exercise 01',
    'lecture 01',
    'exercise 02',
    'shown 03',
    'exercise 04',
    'lecture 02',
    'kept 15',
  ])
})

test('the time of what is still to be written is kept, unless days are not counted or nothing is there', () => {
  const keptOn = (changed: Partial<typeof route>, of = course) => {
    const plan = planOf({ ...route, ...changed }, of, wish())
    return { kept: kinds(plan).filter((one) => one.startsWith('kept')), cuts: plan.cuts }
  }
  const { kept, cuts } = keptOn({})
  expect(kept).toEqual(['kept 15'])
  expect(cuts[0]).toMatchObject({ what: 'exercise 15', saves: 20, left: 0 })
  expect(keptOn({ days: undefined }).kept).toEqual([])
  expect(keptOn({ exercises: ['01'], shown: ['15'] }).kept).toEqual([])
  expect(keptOn({}, { exercises: [], lectures: [] }).kept).toEqual([])
})

test('what is not in the plan is named: exercises to be written, lectures of other exercises', () => {
  const plan = planOf(route, course, wish())
  expect(plan.later.map(({ number, slug }) => `${number} ${slug}`)).toEqual(['15 when-is-it-over'])
  expect(plan.elsewhere.map(({ number }) => number)).toEqual(['03'])
})

test('a plan that is too long leaves nothing out, and says by how much and what to leave out', () => {
  const plan = planOf(route, course, wish({ minutes: 130 }))
  expect(plan.over).toBe((plan.days[0]?.minutes ?? 0) - 130)
  expect(plan.over).toBeGreaterThan(0)
  expect(kinds(plan)).toHaveLength(8)
  // What is not there goes first, then what is only shown, then by the order of the list.
  expect(plan.cuts.map(({ what, saves }) => `${what} ${saves}`)).toEqual([
    'exercise 15 20',
    'exercise 03 5',
    'lecture 01 15',
    'exercise 04 10',
    'lecture 00 12',
    'exercise 01 12',
    'lecture 02 12',
  ])
})

test('--fit makes as many cuts as it takes, from the top, and no more', () => {
  const wanted = wish({ minutes: 130, fits: true })
  const plan = planOf(route, course, wanted)
  const made = plan.cuts.filter(({ isMade }) => isMade)
  expect(plan.over).toBe(0)
  expect(plan.spare).toBe(130 - (plan.days[0]?.minutes ?? 0))
  expect(plan.cuts.slice(0, made.length)).toEqual(made)
  // One cut less, and it would not fit.
  expect(plan.cuts[made.length - 2]?.overAfter).toBeGreaterThan(0)
  expect(planOf(route, course, wish({ fits: true })).cuts.some(({ isMade }) => isMade)).toBe(false)
})

test('where even the whole list is not enough, the plan is made, and says so', () => {
  const plan = planOf(route, course, wish({ minutes: 60, fits: true }))
  expect(plan.cuts.every(({ isMade }) => isMade)).toBe(true)
  expect(plan.over).toBeGreaterThan(0)
  const lines = planLines(plan, 200)
  expect(lines.at(-2)).toMatch(/^The whole list leaves .* over/)
  expect(lines.at(-1)).toMatch(/^OVER by /)
})

test('a route of which nothing is written yet is told as such', () => {
  const [patterns] = routes.filter(({ name }) => name === 'patterns')
  const plan = planOf(patterns ?? route, course, wish({ days: 2 }))
  expect(plan.days).toEqual([])
  const lines = planLines(plan, 80)
  expect(lines.join('\n')).toContain('28 write-ahead-log')
  expect(lines.at(-1)).toMatch(/^NOTHING TO PLAN/)
  expect(planJson(plan).at(-1)).toMatchObject({
    fits: false,
    later: ['28', '29', '30', '31', '32'],
  })
})

test.each([80, 60])('a plan in %i columns', async (width) => {
  const over = planLines(planOf(route, course, wish({ minutes: 130 })), width)
  await expect(`${over.join('\n')}\n`).toMatchFileSnapshot(golden(`plan-over-${width}.txt`))
  const twoDays = planOf(route, course, wish({ minutes: 120, days: 2, fits: true }))
  const fits = planLines(twoDays, width)
  await expect(`${fits.join('\n')}\n`).toMatchFileSnapshot(golden(`plan-days-${width}.txt`))
  for (const line of [...over, ...fits]) expect(line.length, line).toBeLessThanOrEqual(width)
})

test('with --json every slot and every cut is an object, and the verdict is the last', () => {
  const lines = planJson(planOf(route, course, wish({ minutes: 130 })))
  expect(lines[0]).toMatchObject({ kind: 'slot', day: 1, at: '09:00', what: 'welcome' })
  expect(lines.filter((line) => 'kind' in line && line.kind === 'cut')).toHaveLength(7)
  expect(lines.at(-1)).toMatchObject({ kind: 'plan', fits: false, later: ['15'] })
})
