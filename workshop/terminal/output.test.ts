import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import type { RunnerEvent } from '../runner/events.ts'
import { fixtures } from '../screens/testing/events.ts'
import { emitter, isTerminal, type Keyboard, keysOf, type Surroundings } from './output.ts'

const asked = { plain: false, json: false }
const person: Surroundings = {
  env: { TERM: 'xterm-256color' },
  stdin: { isTTY: true },
  stdout: { isTTY: true },
}
const events: readonly RunnerEvent[] = Object.values(fixtures(80)).flatMap((variants) =>
  Object.values(variants as Readonly<Record<string, RunnerEvent>>),
)

test('a person at a terminal gets one that is drawn in', () => {
  expect(isTerminal(asked, person)).toBe(true)
  expect(isTerminal(asked, { ...person, env: { ...person.env, NO_COLOR: '' } })).toBe(true)
  expect(isTerminal(asked, { ...person, env: {} })).toBe(true)
})

test.each<[string, Partial<Surroundings>]>([
  ['NO_COLOR', { env: { NO_COLOR: '1' } }],
  ['TERM=dumb', { env: { TERM: 'dumb' } }],
  ['a pipe at the end', { stdout: {} }],
  ['a pipe at the beginning', { stdin: {} }],
  ['a build machine', { env: { CI: 'true' }, stdin: {}, stdout: {} }],
  ['a file', { stdout: { isTTY: false } }],
])('%s gets lines', (_name, around) => {
  expect(isTerminal(asked, { ...person, ...around })).toBe(false)
})

test('whoever asks for lines or for JSON gets them, at a terminal too', () => {
  expect(isTerminal({ ...asked, plain: true }, person)).toBe(false)
  expect(isTerminal({ ...asked, json: true }, person)).toBe(false)
})

test('as JSON each event is one line, and can be read back as it was', () => {
  for (const event of events) {
    const printed: string[] = []
    emitter({ plain: false, json: true }, (line) => printed.push(line))(event)
    expect(printed).toHaveLength(1)
    expect(printed[0]).not.toContain('\n')
    expect(JSON.parse(printed[0] ?? '')).toStrictEqual(event)
  }
})

test('as lines an event is printed without a line break or a colour in any of them', () => {
  const printed: string[] = []
  const emit = emitter({ plain: true, json: false }, (line) => printed.push(line))
  for (const event of events) emit(event)
  expect(printed.length).toBeGreaterThan(events.length)
  for (const line of printed) expect(line).not.toMatch(/\p{Cc}/u)
})

test('on a projector no line is wider than 60 columns, and the verdict is big and comes last', () => {
  const printed: string[] = []
  const emit = emitter({ plain: true, json: false, large: true }, (line) => printed.push(line))
  const { result } = fixtures(60)
  emit(Object.values(result as Readonly<Record<string, RunnerEvent>>)[0] as RunnerEvent)
  const isCommand = (line: string): boolean => line.includes('npx -y')
  for (const line of printed) expect(isCommand(line) || line.length <= 60, line).toBe(true)
  expect(printed.findLastIndex((line) => line.includes('##'))).toBe(printed.length - 3)
  expect(printed.at(-1)).toContain('3 of 4 tests pass')
})

/** A keyboard that remembers what was asked of it. */
class Keys extends EventEmitter {
  readonly asked: string[] = []

  setRawMode(mode: boolean) {
    this.asked.push(mode ? 'raw' : 'not raw')
    return this
  }

  resume() {
    this.asked.push('resume')
    return this
  }

  pause() {
    this.asked.push('pause')
    return this
  }

  type(text: string): void {
    this.emit('data', Buffer.from(text))
  }
}

const keyboard = () => {
  const keys = new Keys()
  return { keys, as: keys as unknown as Keyboard }
}

test('each key comes alone, however many are typed at once; an arrow is one key', () => {
  const { keys, as } = keyboard()
  const heard: string[] = []
  const stop = keysOf((key) => heard.push(key), as)
  for (const text of ['h', 'l09', '\u001b[A', '\u0003', 'é🎁']) keys.type(text)
  stop()
  expect(heard).toEqual(['h', 'l', '0', '9', '\u001b[A', '\u0003', 'é', '🎁'])
})

test('the terminal is given back as it was, and nothing is heard afterwards', () => {
  const { keys, as } = keyboard()
  const heard: string[] = []
  const stop = keysOf((key) => heard.push(key), as)
  expect(keys.asked).toEqual(['raw', 'resume'])
  stop()
  expect(keys.asked.slice(2)).toEqual(['not raw', 'pause'])
  keys.type('x')
  expect(heard).toEqual([])
  expect(keys.listenerCount('data')).toBe(0)
})

test('what is typed together with a q, and after it, is not heard', () => {
  const { keys, as } = keyboard()
  const heard: string[] = []
  const stop = keysOf((key) => {
    heard.push(key)
    if (key === 'q') stop()
  }, as)
  keys.type('hqxy')
  expect(heard).toEqual(['h', 'q'])
})
