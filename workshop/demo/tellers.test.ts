import { expect, test } from 'vitest'
import { readOneExercise } from '../catalogue/exercise.ts'
import { readPristine } from '../catalogue/pristine.ts'
import { jsonTeller, largeTeller, plainTeller, type Teller } from './tellers.ts'

const exercise = await readOneExercise(await readPristine({ worktree: true }), ['03'])

function told(teller: (print: (line: string) => void) => Teller): readonly string[] {
  const lines: string[] = []
  const { begin, staged, tell, end } = teller((line) => lines.push(line))
  begin({ exercise, item: 'porsche', sentence: 'every message about it is duplicated at once' })
  staged('Broker: the embedded broker in /tmp/workshop-demo: it needs nothing installed')
  tell('customer', 'sends       AddItem porsche')
  tell('orders', 'fails       Unavailable: expected the store to answer, got nothing for a while')
  end({
    ok: false,
    sentence: 'one porsche ordered, 2 delivered',
    shown: 'order-1: porsche, porsche',
  })
  return lines.flatMap((line) => line.split('\n'))
}

test('large, it keeps to 60 columns, with a blank line between blocks and the verdict last', () => {
  const lines = told(largeTeller)
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(60)
  expect(lines).toContain('customer sends AddItem porsche')
  expect(lines.slice(-5).every((line) => /^[# ]+$/.test(line))).toBe(true)
  const at = lines.indexOf('customer sends AddItem porsche')
  expect([lines[at - 1], lines[at + 1]]).toEqual(['', ''])
})

test('in lines, everything that happens stands below the item and above the verdict', () => {
  const lines = told(plainTeller)
  expect(lines).toContain('  porsche: every message about it is duplicated at once')
  expect(lines).toContain('    customer     sends       AddItem porsche')
  expect(lines.filter((line) => line !== '').at(-1)).toBe('  ✘  ONE PORSCHE ORDERED, 2 DELIVERED')
})

test('as JSON, it is one object a line, and nothing else', () => {
  const events = told(jsonTeller).map((line) => JSON.parse(line))
  expect(events.map(({ type }) => type)).toEqual(['began', 'staged', 'told', 'told', 'ended'])
  expect(events[2]).toEqual({ type: 'told', who: 'customer', what: 'sends AddItem porsche' })
})
