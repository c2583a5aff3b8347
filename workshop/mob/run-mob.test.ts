import { expect, test } from 'vitest'
import type { MobPlan } from './plan.ts'
import { runMob } from './run-mob.ts'
import { type MobEvent, mostMs, type Turn } from './timer.ts'

const minuteMs = 60_000
const plan: MobPlan = {
  drivers: ['ann', 'ben', 'cy'],
  turnMs: 7 * minuteMs,
  goal: undefined,
  turns: undefined,
}

type Played = { readonly events: readonly MobEvent[]; readonly shown: readonly Turn[] }

/** Plays a mob. Time goes on only while it sleeps; `keys` are pressed at these times. */
async function played(
  some: Partial<MobPlan>,
  keys: Readonly<Record<number, string>>,
  jumps: Readonly<Record<number, number>> = {},
): Promise<Played> {
  let nowMs = 0
  let press = (_key: string): void => undefined
  const events: MobEvent[] = []
  const shown: Turn[] = []
  const pending = new Map(Object.entries(keys).map(([at, key]) => [Number(at), key]))
  const ahead = new Map(Object.entries(jumps).map(([at, ms]) => [Number(at), ms]))
  await runMob(
    { ...plan, ...some },
    {
      nowMs: () => nowMs,
      sleep: (ms) => {
        const jump = ahead.get(nowMs) ?? 0
        ahead.delete(nowMs)
        nowMs += ms + jump
        for (const [at, key] of pending) {
          if (at > nowMs) continue
          pending.delete(at)
          press(key)
        }
        return Promise.resolve()
      },
      onKey: (listener) => {
        press = listener
        return () => {
          press = () => undefined
        }
      },
      tell: (event) => {
        events.push(event)
        return Promise.resolve()
      },
      show: (turn) => shown.push(turn),
    },
  )
  return { events, shown }
}

const driversIn = ({ events }: Played): readonly string[] =>
  events.flatMap((event) => (event.type === 'turn' ? [event.turn.driver] : []))

test('everybody drives in turn, and who is next is always said', async () => {
  const mob = await played({ turns: 6 }, {})
  expect(driversIn(mob)).toEqual(['ann', 'ben', 'cy', 'ann', 'ben', 'cy'])
  expect(mob.shown[0]).toMatchObject({ driver: 'ann', next: 'ben', leftMs: 7 * minuteMs })
  expect(mob.shown.at(-1)).toMatchObject({ driver: 'cy', next: 'nobody, this is the last turn' })
  expect(mob.events.at(-1)).toEqual({ type: 'ended', turns: 6, why: 'all rounds are done' })
  expect(mob.shown).toHaveLength(6 * 7 * 60)
})

test('space stops the time, and space lets it go on', async () => {
  const pausedMs = 30 * minuteMs
  const mob = await played({ turns: 2 }, { [minuteMs]: ' ', [minuteMs + pausedMs]: ' ' })
  expect(mob.events.map(({ type }) => type)).toEqual(['turn', 'paused', 'resumed', 'turn', 'ended'])
  const paused = mob.shown.filter(({ isPaused }) => isPaused)
  expect(paused).toHaveLength(pausedMs / 1000)
  expect(new Set(paused.map(({ leftMs }) => leftMs))).toEqual(new Set([6 * minuteMs]))
  expect(mob.shown).toHaveLength((2 * 7 * 60 * 1000 + pausedMs) / 1000)
})

test('n hands over now, with a whole turn; out of a pause too', async () => {
  const mob = await played({}, { 5000: 'n', 6000: ' ', 7000: 'N', 9000: 'q' })
  expect(driversIn(mob)).toEqual(['ann', 'ben', 'cy'])
  expect(mob.shown.at(-1)).toMatchObject({ driver: 'cy', isPaused: false })
  expect(mob.shown.at(-1)?.leftMs).toBe(7 * minuteMs - 1000)
})

test.each(['q', 'Q', '\u0003'])('the key %j ends it', async (key) => {
  const { events } = await played({}, { 3000: key })
  expect(events.at(-1)).toEqual({ type: 'ended', turns: 1, why: 'somebody ended it' })
})

test('other keys do nothing', async () => {
  const { events } = await played({ turns: 1 }, { 1000: 'x', 2000: '\u001b[A', 3000: '\r' })
  expect(events.map(({ type }) => type)).toEqual(['turn', 'ended'])
})

test('eight hours are the end, also of a pause', async () => {
  for (const keys of [{}, { 1000: ' ' }]) {
    const { events, shown } = await played({ turnMs: 60 * minuteMs }, keys)
    expect(events.at(-1)).toMatchObject({ type: 'ended', why: 'eight hours are enough' })
    expect(shown).toHaveLength(mostMs / 1000)
  }
})

test('a laptop that sleeps through several turns hands over once', async () => {
  const mob = await played({}, { [122 * minuteMs]: 'q' }, { 60_000: 2 * 60 * minuteMs })
  expect(driversIn(mob)).toEqual(['ann', 'ben'])
  expect(mob.shown.find(({ driver }) => driver === 'ben')?.leftMs).toBe(7 * minuteMs)
})

test('a clock that is set back makes no turn longer than it was', async () => {
  const mob = await played({ turns: 1 }, {}, { 60_000: -30_000 })
  for (const { leftMs } of mob.shown) expect(leftMs).toBeLessThanOrEqual(7 * minuteMs)
})
