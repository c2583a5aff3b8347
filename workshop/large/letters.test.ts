import { join } from 'node:path'
import { expect, test } from 'vitest'
import { failureCodes } from '@workshop/shared/check'
import { bigLetters } from './letters.ts'

const words = ['GREEN', 'RED', 'TYPES', 'TIMEOUT', 'SETUP', ...Object.keys(failureCodes)]

test.each(words)('%s has room in 60 columns, and is drawn with # alone', (word) => {
  const lines = bigLetters(word, 60)
  expect(lines).toHaveLength(6 * word.split('_').length - 1)
  for (const line of lines) {
    expect(line).toMatch(/^[# ]*$/)
    expect(line.length).toBeLessThanOrEqual(60)
  }
})

test('no two letters look alike, and each is as wide in all of its lines', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ123456789:'.split('')
  const drawn = alphabet.map((letter) =>
    bigLetters(`${letter}I`, 60).map((line) => line.padEnd(16)),
  )
  expect(new Set(drawn.map((lines) => lines.join('\n'))).size).toBe(alphabet.length)
  // The letter behind it begins in the same column everywhere.
  for (const lines of drawn)
    expect(new Set(lines.map((line) => line.trimEnd().length)).size).toBe(2)
})

test('short words are twice as wide, all words of a code alike', () => {
  expect(bigLetters('RED', 60)[4]).toBe('##    ##  ########  ######')
  const [stale, write] = [bigLetters('STALE_WRITE', 60)[0], bigLetters('STALE_WRITE', 60)[6]]
  expect(stale?.startsWith('  ######  ')).toBe(true)
  expect(write?.startsWith('##      ##')).toBe(true)
  expect(bigLetters('LOST_MESSAGE', 60)[4]?.startsWith('####  ##')).toBe(true)
})

test('what cannot be drawn stays as it is', () => {
  expect(bigLetters('Österreich', 60)).toEqual(['Österreich'])
  expect(bigLetters('SUPERCALIFRAGILISTIC', 60)).toEqual(['SUPERCALIFRAGILISTIC'])
  expect(bigLetters('', 60)).toEqual([])
})

test('the alphabet looks as it looked', async () => {
  const all = ['ABCDEFGHI', 'JKLMNOPQR', 'STUVWXYZ', '01234:56789']
  const text = all.flatMap((row) => [...bigLetters(row, 60), '']).join('\n')
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, 'golden', 'alphabet.txt'))
})
