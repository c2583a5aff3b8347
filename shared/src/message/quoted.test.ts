import { expect, test } from 'vitest'
import { quoted } from './quoted.ts'

test('nothing in a quotation is invisible, or obeyed by a terminal', () => {
  expect(quoted('a "bell"\n')).toBe('"a \\"bell\\"\\n"')
  expect(quoted('\u001b[2J\u009b2J')).toBe('"\\u001b[2J\\u009b2J"')
  expect(quoted('\uFEFF{}')).toBe('"\\ufeff{}"')
  expect(quoted('abc\u202Ecba')).toBe('"abc\\u202ecba"')
  expect(quoted('\u{1F514} ö')).toBe('"\u{1F514} ö"')
})

test('of a long text a quotation gives the length and how it begins', () => {
  expect(quoted('T'.repeat(40))).toBe(`"${'T'.repeat(40)}"`)
  expect(quoted('T'.repeat(10_000))).toBe(`10000 characters that begin with "${'T'.repeat(40)}"`)
})

test('a quotation that cuts a character in two is still well-formed', () => {
  expect(quoted(`${'T'.repeat(39)}\u{1F514} and more`).isWellFormed()).toBe(true)
})
