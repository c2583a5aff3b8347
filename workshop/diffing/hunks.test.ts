import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applied, hunksOf, linesOf, sizeOf } from './hunks.ts'

const line = fc.constantFrom('', '}', '  }', 'const a = 1', 'const b = 2', '  return a', 'done()')
const text = fc.array(line, { maxLength: 14 }).map((lines) => `${lines.join('\n')}\n`)

test('all hunks of a difference, applied, make the one text out of the other', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(linesOf(applied(a, hunksOf(a, b)))).toEqual(linesOf(b))
    }),
  )
})

test('hunks stand in reading order, and a line that is alike stands between any two of them', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      let [from, to] = [-1, -1]
      for (const hunk of hunksOf(a, b)) {
        expect(hunk.removed.length + hunk.added.length).toBeGreaterThan(0)
        expect(hunk.from).toBeGreaterThan(from)
        expect(hunk.to).toBeGreaterThan(to)
        expect(hunk.from - Math.max(from, 0)).toBe(hunk.to - Math.max(to, 0))
        from = hunk.from + hunk.removed.length
        to = hunk.to + hunk.added.length
      }
    }),
  )
})

test('each step on the way from one text to the other takes one hunk less', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      let now = a
      for (let left = hunksOf(a, b).length; left > 0; left -= 1) {
        now = applied(now, hunksOf(now, b).slice(0, 1))
        expect(hunksOf(now, b).length).toBeLessThan(left)
        if (hunksOf(now, b).length === 0) break
      }
      expect(linesOf(now)).toEqual(linesOf(b))
    }),
  )
})

test('equal texts have no hunks, however their lines end', () => {
  expect(hunksOf('a\nb\n', 'a\r\nb')).toEqual([])
})

test('a new function among others is one hunk that begins with its head', () => {
  const before = 'one(() => {\n  a()\n})\nthree(() => {\n  a()\n})\n'
  const after = 'one(() => {\n  a()\n})\ntwo(() => {\n  a()\n})\nthree(() => {\n  a()\n})\n'
  expect(hunksOf(before, after)).toEqual([
    { from: 3, to: 3, removed: [], added: ['two(() => {', '  a()', '})'] },
  ])
})

test('words keep lines together rather than brackets do', () => {
  const [hunk, ...more] = hunksOf('{\n}\n{\n}\nkept()\n', 'kept()\n{\n}\n{\n}\n{\n}\n')
  expect(hunk).toMatchObject({ from: 0, removed: ['{', '}', '{', '}'], added: [] })
  expect(more).toHaveLength(1)
})

test('the size of a difference is what is added and what is removed', () => {
  expect(sizeOf(hunksOf('a\nb\nc\n', 'a\nx\ny\nc\n'))).toEqual({ added: 2, removed: 1 })
})

test('files of any length are compared in bounded memory', () => {
  const [a, b] = ['a', 'b'].map((name) =>
    Array.from({ length: 4000 }, (_, at) => `${name}${at}`).join('\n'),
  )
  expect(hunksOf(`same\n${a}\nsame\n`, `same\n${b}\nsame\n`)).toHaveLength(1)
})
