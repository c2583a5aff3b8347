import { expect, test } from 'vitest'
import { addPorsche, counting, failing, fixture } from '../fixture.ts'
import { type Line, remembering } from '../remembering.fixture.ts'
import { deadLetter } from './dead-letter.ts'
import { immediateRetry } from './immediate-retry.ts'
import { log } from './log.ts'

function logged(work: Parameters<typeof counting>[0] = () => undefined) {
  const lines: Line[] = []
  const { handler } = counting(work)
  const behaviours = [deadLetter(), log(), immediateRetry({ times: 1 })]
  return { lines, ...fixture([handler], { behaviours, log: remembering(lines) }) }
}

const inConversation = {
  ...addPorsche,
  headers: { conversationId: 'talk-1', causationId: 'm-0' },
}

test('a handled message is one line, with the ids that follow its conversation', async () => {
  const { lines, deliverAndSettle } = logged()
  await deliverAndSettle(inConversation, 'acked')
  expect(lines).toEqual([
    {
      level: 'info',
      text: 'handled',
      endpoint: 'orders',
      type: 'AddItem',
      id: 'click-1',
      conversationId: 'talk-1',
      causationId: 'm-0',
      attempt: 1,
      outcome: 'handled',
      tookMs: 0,
    },
  ])
})

test('a message that failed is one line, however often it was tried, with the reason', async () => {
  const { lines, deliverAndSettle } = logged(failing(9, new Error('no')))
  await deliverAndSettle(inConversation, 'deadLettered', 3)
  const atAll = lines.filter(({ level }) => level !== 'debug')
  expect(atAll).toMatchObject([
    {
      level: 'error',
      outcome: 'deadLettered',
      reason: 'Error: no',
      attempt: 3,
      causationId: 'm-0',
    },
  ])
})

test('what the broker says became of a delivery is logged, and not what was decided', async () => {
  const { lines, deliverAndSettle } = logged()
  await deliverAndSettle(addPorsche, 'lost')
  await deliverAndSettle(addPorsche, 'released')
  expect(lines).toMatchObject([
    { level: 'warn', outcome: 'lost' },
    { level: 'info', outcome: 'released' },
  ])
})

test.each([
  ['an unknown type', { type: 'Paint' }, /got "Paint"/],
  ['a body that cannot be read', { body: new TextEncoder().encode('{"or') }, /JSON in UTF-8/],
])('%s is one line too, with its ids and the reason', async (_name, changes, reason) => {
  const { lines, deliverAndSettle } = logged()
  const body = new TextEncoder().encode('{}')
  const wire = { id: 'm-1', type: 'AddItem', headers: { conversationId: 'talk-1' }, body }
  await deliverAndSettle({ ...wire, ...changes }, 'deadLettered')
  expect(lines).toMatchObject([
    {
      level: 'error',
      id: 'm-1',
      conversationId: 'talk-1',
      outcome: 'deadLettered',
      reason: expect.stringMatching(reason),
    },
  ])
})

test('what a foreign sender calls an id fills no log', async () => {
  const { lines, deliverAndSettle } = logged()
  const id = 'x'.repeat(1_000_000)
  await deliverAndSettle({ ...addPorsche, id: id as never }, 'deadLettered').catch(() => undefined)
  const body = new TextEncoder().encode('{}')
  await deliverAndSettle({ id, type: id, headers: { conversationId: id }, body }, 'deadLettered')
  expect(JSON.stringify(lines.at(-1)).length).toBeLessThan(3000)
})

test('what a handler logs carries the ids of its conversation', async () => {
  const { lines, deliverAndSettle } = logged((_run, _message, context) => {
    context.log.info({}, 'the reindeer are fed')
  })
  await deliverAndSettle(inConversation, 'acked')
  expect(lines[0]).toMatchObject({ conversationId: 'talk-1', text: 'the reindeer are fed' })
})
