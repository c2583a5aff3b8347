import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clean, cut, timeInWords, wrapped } from './words.ts'

test('what would move a cursor or break a file becomes a space', () => {
  expect(clean(' a\r\n\tb\u001b[31mc\u0000\uffff ')).toBe('a b [31mc')
  expect(clean('\ud800!')).toBe('\ufffd!')
})

test('what is too long ends in an ellipsis, and half a character is none', () => {
  expect(cut('AddItem(porsche)', 16)).toBe('AddItem(porsche)')
  expect(cut('AddItem(porsche)', 9)).toBe('AddItem(…')
  expect(cut('ab🎄d', 4)).toBe('ab…')
  expect(cut('ab', 0)).toBe('')
})

test('a sentence is broken between words, and only there', () => {
  expect(wrapped('expected one, got two', 12)).toEqual(['expected', 'one, got two'])
  expect(wrapped('unbreakable', 6)).toEqual(['unbre…'])
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,9}$/)), (words) => {
      const lines = wrapped(words.join(' '), 10)
      expect(lines.join(' ')).toBe(words.join(' '))
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(10)
    }),
  )
})

test.each([
  [0, '0 ms'],
  [86_400_000, '86400000 ms'],
  [172_800_000, '2 days'],
  [670_723_200, '7.8 days'],
])('%i ms in words are %s', (ms, words) => {
  expect(timeInWords(ms)).toBe(words)
})
