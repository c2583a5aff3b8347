import { expect, test } from 'vitest'
import { solved } from '../../progress/testing/clone.ts'
import { Bench } from '../testing/bench.ts'
import { compare } from './compare.ts'
import { putSolution, showSolution } from './solution.ts'

const anyway = { anyway: true }
const asked = { anyway: false }

test('a solution that is closed is neither shown nor compared nor put anywhere', async () => {
  await using bench = await Bench.make()
  const { clone, desk } = bench
  const files = await clone.files()
  await showSolution(desk, asked)
  await compare(desk, asked)
  expect(await putSolution(desk, asked)).toBe(false)
  expect(bench.kinds).toEqual(['closed', 'closed', 'closed'])
  expect(await clone.files()).toEqual(files)
  expect((await bench.file.read()).progress.exercises).toEqual({})
})

test('three red runs open it', async () => {
  await using bench = await Bench.make()
  await bench.desk.note((before) => ({ ...before, redInARow: 3 }))
  await showSolution(bench.desk, asked)
  expect(bench.kinds).toEqual(['solution'])
})

test('shown, it is whole, and stays open from then on', async () => {
  await using bench = await Bench.make()
  const { desk } = bench
  await showSolution(desk, anyway)
  expect(bench.last('solution')).toMatchObject({
    page: 'solutions/13-outbox/README.md',
    files: Object.entries(solved).map(([file, text]) => ({ file, text })),
  })
  await showSolution(desk, asked)
  expect(bench.kinds).toEqual(['solution', 'solution'])
  expect((await bench.file.read()).progress.exercises['outbox']).toMatchObject({
    solution: 'seen',
  })
})

test('taken, it is in the place of the work, which is kept', async () => {
  await using bench = await Bench.make()
  const { clone, desk } = bench
  await clone.put('orders.ts', 'mine')
  expect(await putSolution(desk, anyway)).toBe(true)
  expect(bench.last('written')).toMatchObject({
    what: 'solution taken',
    files: ['extra.ts', 'orders.ts'],
  })
  expect(await clone.files()).toMatchObject(solved)
  expect(await clone.everything()).toContain('mine')
  // To look at it afterwards does not make it one that was only seen.
  await showSolution(desk, asked)
  expect(desk.progress.solution).toBe('taken')
})

test('a comparison tells what differs, file by file, and how much', async () => {
  await using bench = await Bench.make()
  await compare(bench.desk, anyway)
  const { files, added, removed } = bench.last('difference')
  expect(files.map(({ file }) => file)).toEqual(['orders.ts', 'extra.ts'])
  expect(files[0]?.lines).toContain('-export const orders = 1')
  expect(files[0]?.lines).toContain('+export const orders = 2')
  // A file that only the solution has is all new.
  expect(files[1]?.lines).toContain('+export const extra = 2')
  expect({ added, removed }).toEqual({ added: 2, removed: 1 })
})

test('line ends, formatting and comments are no difference', async () => {
  await using bench = await Bench.make()
  const { clone, desk } = bench
  await clone.put('orders.ts', '// mine\r\nexport   const orders = 2\r\n')
  await clone.put('extra.ts', solved['extra.ts'] ?? '')
  await compare(desk, anyway)
  expect(bench.last('difference')).toMatchObject({
    files: [
      { file: 'orders.ts', lines: [] },
      { file: 'extra.ts', lines: [] },
    ],
    added: 0,
    removed: 0,
  })
})
