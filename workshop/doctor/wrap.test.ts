import { expect, test } from 'vitest'
import { wrapTo } from './wrap.ts'

const leads = { first: '* ', others: '  ' }

test('a sentence breaks between words, and later lines are indented', () => {
  expect(wrapTo(12, 'one two three four', leads)).toEqual(['* one two', '  three four'])
})

test('a word longer than a line is broken: nothing is wider than asked', () => {
  const lines = wrapTo(10, `at ${'x'.repeat(20)} end`, leads)
  expect(lines).toEqual(['* at', '  xxxxxxxx', '  xxxxxxxx', '  xxxx end'])
})

test('spaces between the parts of a line stay as they are', () => {
  expect(wrapTo(40, 'READY  code 7F3K', leads)).toEqual(['* READY  code 7F3K'])
})
