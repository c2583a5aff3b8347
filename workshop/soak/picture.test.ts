import { Violation } from '@workshop/shared/check'
import { textDiagram } from '@workshop/shared/diagram'
import { expect, test } from 'vitest'
import type { Life } from './crew.ts'
import type { Said } from './notes.ts'
import { type Noted, pictureOf } from './picture.ts'

const command = { id: 'order-1-1', orderId: 'order-1', item: 'bell', isConfirmed: true }
const message = { queue: 'orders', id: command.id, label: 'AddItem(bell)' }

function notesOf(life: Life, fromMs: number, said: readonly Said[]): readonly Noted[] {
  return said.map((one, index) => ({ life, note: { t: fromMs + index, ...one } }))
}

const base = { about: command.id, work: 1 }
const dead: Life = { slot: 'orders-1', notes: '/notes/orders-1.1', ending: 'crashed' }
const next: Life = { slot: 'orders-2', notes: '/notes/orders-2.2', ending: 'stopped' }
const noted = [
  ...notesOf(next, 200, [
    { ...base, ...message, kind: 'delivered', attempt: 2 },
    { ...base, ...message, kind: 'settled', outcome: 'ack' },
  ]),
  ...notesOf(dead, 100, [
    { ...base, ...message, kind: 'delivered', attempt: 1 },
    { ...base, kind: 'saved', key: 'order-1', value: '[bell]' },
    { ...base, kind: 'dies' },
  ]),
]

test('a failure is drawn from the notes of all processes, in the order of their times', () => {
  const violation = new Violation('LOST_MESSAGE', 'expected ItemAdded, got none')
  const text = textDiagram(pictureOf({ commands: [command], noted, violation }))
  const order = [
    'customer',
    'AddItem(bell)',
    'save order-1',
    'dies before it publishes',
    'crashed',
    'attempt 2',
    'ack',
    'LOST_MESSAGE',
  ]
  let from = -1
  for (const words of order) {
    const at = text.indexOf(words, from + 1)
    expect(at, `${words} in\n${text}`).toBeGreaterThan(from)
    from = at
  }
})
