import { afterEach, expect, test, vi } from 'vitest'
import { effectOnce, published } from '../check/index.ts'
import { type Handler, handler } from '../pipeline/index.ts'
import { AddItem, emptyOrder, ItemAdded, withItem } from '../shop/index.ts'
import {
  crash,
  follow,
  provokes,
  run,
  type Scenario,
  scheduleVariable,
  type Specification,
} from './index.ts'
import { markOf, worldVariable } from './replay-line.ts'

const porsche = { orderId: 'order-1', item: 'porsche' }
const sledge = { orderId: 'order-1', item: 'sledge' }

/** Adds what is not there yet, and says so: at every run, or only where it has added it. */
const adding = (announces: 'always' | 'what is new'): Handler =>
  handler(AddItem, async ({ body }, { store, publish }) => {
    const { value: order, version } = await store.load(body.orderId, emptyOrder)
    const isNew = !order.items.includes(body.item)
    if (isNew) await store.save(body.orderId, withItem(order, body.item), version)
    if (isNew || announces === 'always') await publish(ItemAdded(body))
  })
const right = adding('always')
const forgetful = adding('what is new')

const given = [AddItem(porsche, { id: 'porsche' }), AddItem(sledge, { id: 'sledge' })]

const gifts = (addItem: Handler, more: Partial<Specification> = {}): Specification => ({
  endpoints: { orders: [addItem] },
  given,
  faults: { crashes: 1 },
  finally: (end) => [
    effectOnce(end.entity('order-1', emptyOrder).items, 'porsche'),
    published(end, ItemAdded, porsche),
  ],
  ...more,
})

/** The sledge is in other hands when the porsche is saved, and its process dies. */
const unlucky: Scenario = [
  run('porsche', { until: 'save' }),
  run('sledge', { until: 'load' }),
  crash('porsche'),
  run('sledge'),
  run('porsche'),
]

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

test('a scenario is the schedule: what is stored shows who was first', async () => {
  const itemsAfter = async (scenario: Scenario, faults = {}) => {
    const followed = await follow(gifts(right, { faults }), scenario)
    return followed?.end.entity('order-1', emptyOrder).items
  }
  const taken = run('porsche', { until: 'receive' })
  expect(await itemsAfter([])).toEqual(['porsche', 'sledge'])
  expect(await itemsAfter([taken, run('sledge'), run('porsche')])).toEqual(['sledge', 'porsche'])
  expect(await itemsAfter([run('sledge')], { reorderings: 1 })).toEqual(['sledge', 'porsche'])
})

test('what breaks in it is a violation, with the picture of the story as it was told', async () => {
  const failed = follow(gifts(forgetful), unlucky)
  await expect(failed).rejects.toMatchObject({ name: 'Violation', code: 'LOST_MESSAGE' })
  await expect(failed).rejects.toThrow(
    /save order-1.*\n.*AddItem\(sledge\).*\n.*\[porsche\]\n.*crashed/,
  )
  await follow(gifts(right), unlucky)
})

test('an act that is not possible says why, and how far the story came', async () => {
  const failed = follow(gifts(right), [
    run('porsche', { until: 'save' }),
    run('sledge'),
    ...unlucky,
  ])
  await expect(failed).rejects.toMatchObject({
    code: 'STUCK',
    sentence: expect.stringMatching(
      /^act 3 is not possible, run\('porsche', { until: 'save' }\): expected porsche to reach another save, got to its end \(ack\)\. What remains: run\('sledge', { until: 'load' }\), crash\('porsche'\), run\('sledge'\), run\('porsche'\)$/,
    ) as string,
    message: expect.stringContaining('[porsche, sledge]') as string,
  })
})

test('a message waits behind others, unless the faults say that it may overtake them', async () => {
  await expect(follow(gifts(right), [run('sledge')])).rejects.toThrow(
    'expected sledge to go on or to begin, got only: porsche is next in queue orders',
  )
  await follow(gifts(right, { faults: { reorderings: 1 } }), [run('sledge')])
})

test('a `saveAll` is a save, too', async () => {
  const savesAll = handler(AddItem, async ({ body: { orderId, item } }, { store }) => {
    const { value: order, version } = await store.load(orderId, emptyOrder)
    await store.saveAll([{ key: orderId, value: withItem(order, item), expected: version }])
  })
  const saved = run('porsche', { until: 'save' })
  const more = { finally: () => [] }
  const followed = await follow(gifts(savesAll, more), [saved, crash('porsche')])
  expect(followed?.end.entity('order-1', emptyOrder).items).toHaveLength(3)
})

test('a message that two endpoints get is told apart by the name of its queue', async () => {
  const counting = (name: string): Handler =>
    handler(ItemAdded, async (_message, { store }) => {
      const { value, version } = await store.load('heard', [] as readonly string[])
      await store.save('heard', [...value, name], version)
    })
  const specification: Specification = {
    endpoints: { marketing: [counting('marketing')], warehouse: [counting('warehouse')] },
    given: [ItemAdded(porsche, { id: 'added' })],
    finally: () => [],
  }
  for (const [name, first] of [
    ['added@marketing', 'marketing'],
    ['added@warehouse', 'warehouse'],
    ['added', 'marketing'],
  ] as const) {
    const followed = await follow(specification, [run(name)])
    expect(followed?.end.entity('heard', [])[0]).toBe(first)
  }
})

test('a coin falls on tails, whoever is next', async () => {
  const tossing = handler(AddItem, async ({ body }, { store, coin }) => {
    if (coin('heads')) return
    const { value: order, version } = await store.load(body.orderId, emptyOrder)
    await store.save(body.orderId, withItem(order, body.item), version)
  })
  const followed = await follow(gifts(tossing, { finally: () => [] }), [run('porsche')])
  expect(followed?.end.entity('order-1', emptyOrder).items).toEqual(['porsche', 'sledge'])
})

test('a scenario provokes what it was written for; a harmless one is shown as it went', async () => {
  await provokes('LOST_MESSAGE', follow(gifts(forgetful), unlucky))
  await expect(provokes('LOST_MESSAGE', follow(gifts(right), unlucky))).rejects.toMatchObject({
    code: 'BUG_SURVIVED',
    message: expect.stringContaining('[porsche, sledge]') as string,
  })
  await expect(
    provokes('LOST_MESSAGE', follow(gifts(right), [crash('porsche')])),
  ).rejects.toMatchObject({ code: 'STUCK' })
  await expect(
    provokes('DUPLICATE_EFFECT', follow(gifts(forgetful), unlucky)),
  ).rejects.toMatchObject({ code: 'LOST_MESSAGE' })
})

test('the line that replays it tells it step by step, and no other schedule does', async () => {
  const log = vi.spyOn(console, 'log').mockReturnValue()
  const specification = { ...gifts(right), scenario: unlucky }
  vi.stubEnv(scheduleVariable, 'zz-0')
  expect(await follow(specification, unlucky)).toBeUndefined()
  expect(log).not.toHaveBeenCalled()
  vi.stubEnv(scheduleVariable, `${markOf(specification)}-0`)
  expect(await follow(specification, unlucky)).toBeDefined()
  expect(log.mock.calls.flat().join('')).toMatch(/This schedule holds now\.\n\n.*orders/)
})

test('where real adapters are asked for, nobody can say who is next', async () => {
  vi.stubEnv(worldVariable, 'sqlite')
  expect(await follow(gifts(forgetful), unlucky)).toBeUndefined()
  await provokes('LOST_MESSAGE', follow(gifts(right), unlucky))
})
