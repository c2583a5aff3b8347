import { expect, test } from 'vitest'
import type { Ran } from '../loop/resident.ts'
import type { TestOutcome } from '../checking/tests.ts'
import type { Desk } from './desk.ts'
import type { RunnerEvent } from './events.ts'
import { Wider } from './wider.ts'

const outcome = (code?: string): TestOutcome => ({
  file: 'orders.test.ts',
  name: 'it holds',
  ok: code === undefined,
  code,
  message: code && `${code}: it does not`,
  ms: 1,
  explored: [
    { ok: code === undefined, coverage: { kind: 'all', states: 5 }, schedules: 7, steps: 9 },
  ],
  leftOut: [],
})

/** Runs that end when they are told to, and what was told of them. */
function setUp() {
  const told: RunnerEvent[] = []
  const log: string[] = []
  const runs: { end: (code?: string) => void }[] = []
  const desk = {
    name: {},
    exercise: { folder: '03-cart' },
    emit: (event: RunnerEvent) => told.push(event),
  }
  const wider = new Wider(
    (environment) => {
      log.push(`opened with ${JSON.stringify(environment)}`)
      return Promise.resolve({
        run: () =>
          new Promise<Ran>((resolve) => {
            runs.push({
              end: (code) =>
                resolve({ outcomes: [outcome(code)], printed: [], notShown: 0, ms: 1 }),
            })
          }),
        stop: () => {
          log.push('stopped')
          runs.at(-1)?.end('pending')
          return Promise.resolve()
        },
        [Symbol.asyncDispose]: () => Promise.resolve(void log.push('closed')),
      })
    },
    () => Promise.resolve(),
  )
  return { wider, desk: desk as unknown as Desk, told, log, runs }
}

/** Everything that can happen without the end of a run has happened. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const states = (told: readonly RunnerEvent[]) =>
  told.map((event) => (event.kind === 'wider' ? event.state : event.kind))

test('wider bounds are asked for, and what holds is told with what was tried', async () => {
  const { wider, desk, told, log, runs } = setUp()
  wider.begin(desk)
  await settled()
  runs[0]?.end()
  await settled()
  expect(log).toEqual(['opened with {"WORKSHOP_WIDER":"1"}', 'closed'])
  expect(states(told)).toEqual(['running', 'holds'])
  expect(told.at(-1)).toMatchObject({ schedules: 7 })
})

test('what breaks is told with its test', async () => {
  const { wider, desk, told, runs } = setUp()
  wider.begin(desk)
  await settled()
  runs[0]?.end('LOST_MESSAGE')
  await settled()
  expect(told.at(-1)).toMatchObject({ state: 'breaks', test: { code: 'LOST_MESSAGE' } })
})

test.for(['STUCK', 'DEAD_LETTERED', 'TIMEOUT'])(
  'that somebody gives up after one fault more than the retries (%s) is no break',
  async (code) => {
    const { wider, desk, told, runs } = setUp()
    wider.begin(desk)
    await settled()
    runs[0]?.end(code)
    await settled()
    expect(states(told)).toEqual(['running', 'holds'])
  },
)

test('it gives way at once, and says nothing of what it had not ended', async () => {
  const { wider, desk, told, log } = setUp()
  wider.begin(desk)
  await settled()
  wider.giveWay()
  await settled()
  expect(log.slice(1)).toEqual(['stopped', 'closed'])
  expect(states(told)).toEqual(['running'])
})

test('of two that follow one another only the last one runs', async () => {
  const { wider, desk, told, runs } = setUp()
  wider.begin(desk)
  wider.begin(desk)
  await settled()
  expect(runs).toHaveLength(1)
  runs[0]?.end()
  await wider[Symbol.asyncDispose]()
  expect(states(told)).toEqual(['running'])
})
