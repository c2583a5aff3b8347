import fc from 'fast-check'
import { expect, test } from 'vitest'
import { layoutOf, placed } from './layout.ts'
import type { Arrow, Mark } from './marks.ts'
import type { Lane } from './model.ts'
import { rowsOf } from './rows.ts'
import { anyDiagram } from './testing/any-diagram.ts'

const lane = (title: string): Lane => ({ id: title, title, kind: 'process' })
const lanes = [lane('orders'), lane('orders-1'), lane('store')]

const arrow = (from: number, to: number, words: Partial<Arrow>): Arrow => ({
  shape: 'arrow',
  from,
  to,
  line: 'single',
  end: 'head',
  isMessage: true,
  label: '',
  aside: '',
  ...words,
})

/** Where the words of `mark` go in a picture of nothing else. */
const alone = (mark: Mark, width: number) =>
  placed(mark, layoutOf(lanes, [mark], { width, apart: 2 }))

test('lanes stand as close as their titles allow', () => {
  const { columns, titles } = layoutOf(lanes, [], { width: 80, apart: 2 })
  expect(titles).toEqual(['orders', 'orders-1', 'store'])
  expect(columns).toEqual([3, 12, 21])
})

test('lanes move apart to give a label room on its arrow', () => {
  const { label, words } = alone(arrow(0, 1, { label: 'AddItem(porsche)' }), 80)
  expect(label).toBe('AddItem(porsche)')
  expect(words).toBeUndefined()
})

test('a label that has no room on its arrow stands beside it, before what became of it', () => {
  const { label, words } = alone(arrow(0, 1, { label: 'AddItem(porsche)', aside: 'lost' }), 36)
  expect(label).toBe('')
  expect(words?.text).toBe('AddItem(porsche): lost')
})

test('words on the right of the last lane keep their room', () => {
  const mark = arrow(1, 2, { label: 'save order-1', aside: '[porsche, porsche] v2' })
  const { label, words } = alone(mark, 60)
  expect(label).toBe('save order-1')
  expect(words?.text).toBe('[porsche, porsche] v2')
})

test('an answer that has to go to the left takes its question along', () => {
  const mark = arrow(1, 2, { label: 'save', aside: 'x'.repeat(14) })
  const columns = [10, 30, 50]
  const { label, words } = placed(mark, { columns, titles: [], width: 58 })
  expect(label).toBe('')
  expect(words).toEqual({ text: `save: ${'x'.repeat(14)}`, at: 9, missing: 0 })
})

test('titles that do not fit side by side share the width', () => {
  const many = Array.from({ length: 6 }, (_, index) => lane(`a-very-long-name-${index}`))
  const { columns, titles } = layoutOf(many, [], { width: 60, apart: 2 })
  expect(titles).toEqual(Array.from({ length: 6 }, () => 'a-very…'))
  expect(columns.at(-1)).toBeLessThan(60)
})

test('with room to spare, lanes drift apart up to a bound', () => {
  const { columns } = layoutOf(lanes, [], { width: 200, apart: 2, looseGap: 20 })
  expect(columns).toEqual([3, 23, 43])
})

test('lanes never change places, and no words reach over the border', () => {
  fc.assert(
    fc.property(anyDiagram, fc.integer({ min: 60, max: 120 }), (diagram, width) => {
      const marks = rowsOf(diagram, diagram.lanes).map(({ mark }) => mark)
      const layout = layoutOf(diagram.lanes, marks, { width, apart: 2 })
      expect(layout.columns).toEqual(layout.columns.toSorted((one, other) => one - other))
      expect(new Set(layout.columns).size).toBe(diagram.lanes.length)
      for (const mark of marks) {
        const { words } = placed(mark, layout)
        if (!words) continue
        expect(words.at).toBeGreaterThanOrEqual(0)
        expect(words.at + words.text.length).toBeLessThanOrEqual(width)
      }
    }),
  )
})
