// The emulator, against what a terminal of 10 columns and 3 rows does.

import { expect, test } from 'vitest'
import { Emulator } from './emulator.ts'

test('lines stand below each other, and colours are dropped', () => {
  const terminal = new Emulator()
  terminal.write('one\n\u001b[1mtwo\u001b[0m\r\nthree')
  expect(terminal.all).toEqual(['one', 'two', 'three'])
})

test('the cursor goes up, and what is below it is erased', () => {
  const terminal = new Emulator()
  terminal.write('one\ntwo\nthree\n\r\u001b[2A\u001b[0J2\n')
  expect(terminal.all).toEqual(['one', '2', ''])
})

test('a carriage return writes over what is there', () => {
  const terminal = new Emulator()
  terminal.write('running\rRUN')
  expect(terminal.all).toEqual(['RUNning'])
})

test('a line that is wider than the terminal takes two', () => {
  const terminal = new Emulator({ columns: 10 })
  terminal.write('0123456789ab\nnext')
  expect(terminal.all).toEqual(['0123456789', 'ab', 'next'])
})

test('a line that is as wide as the terminal takes one', () => {
  const terminal = new Emulator({ columns: 10 })
  terminal.write('0123456789\nnext')
  expect(terminal.all).toEqual(['0123456789', 'next'])
})

test('what has scrolled out is there, and is not reached', () => {
  const terminal = new Emulator({ rows: 3 })
  terminal.write('a\nb\nc\nd\ne\r\u001b[9A\u001b[0JC')
  expect(terminal.all).toEqual(['a', 'b', 'C'])
  expect(terminal.screen).toEqual(['C'])
})

test('a sequence that comes in two halves is one', () => {
  const terminal = new Emulator()
  terminal.write('one\ntwo\u001b[')
  terminal.write('1A\u001b')
  terminal.write('[0J!')
  expect(terminal.all).toEqual(['one!'])
})

test.each(['\u001b[2J', '\u001b[H', '\u001b[?25l', '\u001b]8;;x\u0007', '\u0007', '\t'])(
  '%j is refused by name',
  (sequence) => {
    expect(() => new Emulator().write(`text${sequence}`)).toThrow(/expected/)
  },
)
