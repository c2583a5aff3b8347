// What failed tests say, on errors as Vitest hands them over.

import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../root.ts'
import { messageOf } from './message-of.ts'

const place = { file: join(root, 'exercises', '03', 'orders.ts'), line: 7 }

test('an error of the code is told with its place, from the root', () => {
  const message = messageOf({ message: 'no such thing', stacks: [place] })
  expect(message).toBe('no such thing\nat exercises/03/orders.ts:7')
})

test('the place is one that the reader can change, not one in a package', () => {
  const inPackage = { file: join(root, 'node_modules', 'vite', 'node.js'), line: 1 }
  const elsewhere = { file: join(root, '..', 'store', 'vite.js'), line: 2 }
  const stacks = [inPackage, elsewhere, place]
  expect(messageOf({ message: 'no', stacks })).toBe('no\nat exercises/03/orders.ts:7')
  expect(messageOf({ message: 'no', stacks: [inPackage, elsewhere] })).toBe('no')
})

test('what differs from what is expected stands below, without colours', () => {
  const diff = '\u001b[32m- 3\u001b[0m\n\u001b[31m+ 2\u001b[0m'
  const message = messageOf({ message: 'expected 2 to be 3', diff })
  expect(message).toBe('expected 2 to be 3\n\n- 3\n+ 2')
})

test('a path of this machine is not told', () => {
  const message = messageOf({ message: `no ${join(root, 'a', 'b.ts')} there` })
  expect(message).not.toContain(root)
  expect(message).toContain('b.ts')
})

test('a failure of ours says all that is needed', () => {
  const message = 'STUCK: expected an end'
  expect(messageOf({ code: 'STUCK', message, stacks: [place] })).toBe(message)
})
