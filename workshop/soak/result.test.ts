import { expect, test } from 'vitest'
import { type Endured, missing, resultLines, type SoakResult } from './result.ts'

const enough: Endured = {
  kills: 100,
  pauses: 50,
  cuts: 50,
  restarts: 5,
  killsInFlight: 30,
  crashesBetweenCommitAndPublish: 100,
  duplicatesArrived: 1000,
  fullDisks: 0,
  savesRefused: 0,
}
const tenMinutes = { broker: 'rabbitmq', seconds: 600, canPause: true } as const

test('ten minutes with enough of everything count', () => {
  expect(missing(enough, tenMinutes)).toEqual([])
})

test.for((Object.keys(enough) as (keyof Endured)[]).filter((name) => enough[name] > 0))(
  'without enough %s they do not, and say so',
  (name) => {
    const [reason, ...others] = missing({ ...enough, [name]: enough[name] - 1 }, tenMinutes)
    expect(reason).toContain(`expected ${enough[name]} `)
    expect(reason).toContain(`got ${enough[name] - 1}`)
    expect(others).toEqual([])
  },
)

test('a shorter run needs less, in proportion', () => {
  const few = { ...enough, kills: 6, killsInFlight: 2, pauses: 3, cuts: 3, restarts: 0 }
  const short = { ...few, crashesBetweenCommitAndPublish: 6, duplicatesArrived: 66 }
  expect(missing(short, { ...tenMinutes, seconds: 40 })).toEqual([])
  expect(missing({ ...short, kills: 5 }, { ...tenMinutes, seconds: 40 })).toHaveLength(1)
})

test('only what applies is asked for', () => {
  const none = { ...enough, cuts: 0, pauses: 0 }
  expect(missing(none, { ...tenMinutes, broker: 'sqlite', canPause: false })).toEqual([])
  expect(missing(none, tenMinutes)).toHaveLength(2)
})

test('the lines say what was endured, what came of it, and why that is not enough', () => {
  const result: SoakResult = {
    ...enough,
    exercise: '13-outbox',
    answer: 'solution',
    broker: 'sqlite',
    seed: 'a',
    seconds: 600,
    messages: 123_456,
    messagesPerSecond: 206,
    lost: 1,
    duplicated: 0,
    ghosts: 0,
    differing: 0,
    leftovers: 0,
    ok: false,
    reasons: ['order-1: LOST_MESSAGE: expected more, got less'],
  }
  const text = resultLines(result).join('\n')
  expect(text).toMatch(/^✘ 13-outbox \(solution\) on sqlite, seed a\n {4}123,456 messages, 206 a/)
  expect(text).toContain('1 lost, 0 doubled, 0 ghosts, 0 differing, 0 left over')
  expect(text).toContain('✘ order-1: LOST_MESSAGE')
  expect(text).toContain('cuts do not apply')
})
