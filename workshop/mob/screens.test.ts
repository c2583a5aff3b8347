import { join } from 'node:path'
import { expect, test } from 'vitest'
import { painter } from './painter.ts'
import { clockOf, cutTo, largeStatus, type MobNews, newsLines, statusLine } from './screens.ts'
import type { Turn } from './timer.ts'

const turn: Turn = {
  driver: 'Žofie',
  next: '李雷',
  goal: 'the outbox survives a crash, and nobody hears anything twice',
  number: 2,
  leftMs: 372_000,
  isPaused: false,
}
const files = Array.from({ length: 7 }, (_, at) => `exercises/13-outbox/file-${at + 1}.ts`)
const handOver: MobNews = { event: { type: 'turn', turn, isHandOver: true }, uncommitted: files }
const begin: MobNews = { event: { type: 'turn', turn, isHandOver: false }, uncommitted: files }
const others: readonly MobNews[] = [
  { event: { type: 'paused', turn }, uncommitted: [] },
  { event: { type: 'resumed', turn }, uncommitted: [] },
  { event: { type: 'ended', turns: 1, why: 'somebody ended it' }, uncommitted: [] },
]

test.each([
  [0, '00:00'],
  [1, '00:01'],
  [59_001, '01:00'],
  [372_000, '06:12'],
  [3_600_000, '60:00'],
])('%i ms are shown as %s', (leftMs, clock) => {
  expect(clockOf(leftMs)).toBe(clock)
})

test.each([60, 80])('in %i columns the screens are those that were looked at', async (columns) => {
  const lines = [
    statusLine(turn, columns),
    statusLine({ ...turn, isPaused: true, goal: undefined }, columns),
    '',
    ...[begin, handOver, ...others].flatMap((news) => newsLines(news, 'terminal', columns)),
    '',
    ...largeStatus(turn),
    '',
    ...[begin, handOver, ...others].flatMap((news) => newsLines(news, 'plain', columns)),
  ]
  const text = lines.join('\n').replaceAll('\u0007', '(bell)')
  const golden = join(import.meta.dirname, 'golden', `screens-${columns}.txt`)
  await expect(text).toMatchFileSnapshot(golden)
})

test('a line is cut between what people call letters, and wide ones count twice', () => {
  expect(cutTo('abc', 3)).toBe('abc')
  expect(cutTo('abcd', 3)).toBe('ab…')
  expect(cutTo('李雷李雷', 5)).toBe('李雷…')
  expect(cutTo('李雷李', 6)).toBe('李雷李')
  expect(cutTo('🦊🦊🦊', 4)).toBe('🦊…')
  expect(cutTo('e\u0301e\u0301e\u0301', 2)).toBe('e\u0301…')
})

test('a hand-over rings, reminds to save, and names what is not committed', () => {
  const lines = newsLines(handOver, 'terminal', 80)
  expect(lines[0]).toBe('\u0007')
  expect(lines.join('\n')).toContain('Save all files.')
  expect(lines).toContain('  exercises/13-outbox/file-5.ts')
  expect(lines).toContain('  and 2 more')
})

test('without a terminal a hand-over is one line that does not ring', () => {
  const lines = newsLines(handOver, 'plain', 80)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^HAND OVER to Žofie\. .*Save all files\. Not committed: exercises/)
  expect(lines[0]).not.toContain('\u0007')
})

test('JSON is one object a line, and nothing else', () => {
  for (const news of [begin, handOver, ...others]) {
    const [line = '', ...more] = newsLines(news, 'json', 80)
    expect(more).toEqual([])
    expect(JSON.parse(line)).toMatchObject({ type: news.event.type })
  }
})

function drawn(form: Parameters<typeof painter>[1]): string {
  const written: string[] = []
  const { tell, show, close } = painter({ columns: 60, write: (text) => written.push(text) }, form)
  tell(begin)
  show(turn)
  show({ ...turn, leftMs: 371_000 })
  tell(handOver)
  show(turn)
  close()
  return written.join('')
}

test('in a terminal the clock is one line that is drawn over, and the news stays above it', () => {
  const screen: string[] = ['']
  for (const line of drawn('terminal').split('\n')) {
    screen.push(line.slice(line.lastIndexOf('\r\u001b[K') + 1).replace('\u001b[K', ''))
  }
  expect(screen.filter((line) => line.startsWith('mob: '))).toHaveLength(1)
  for (const line of screen) expect(line.length).toBeLessThanOrEqual(60)
})

test('plain lines and JSON have no clock and no control characters', () => {
  for (const form of ['plain', 'json'] as const) {
    expect(drawn(form).split('\n')).toHaveLength(3)
    expect(drawn(form).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
  }
})

test('large, the screen is drawn over as a whole, and the last news stands below the clock', () => {
  const last = drawn('large').split('\u001b[H').at(-1) ?? ''
  expect(last).toContain('##')
  expect(last).toContain('>>> HAND OVER to Žofie.')
  expect(drawn('large').split('\u0007')).toHaveLength(2)
})
