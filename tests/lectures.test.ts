import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commandProblems, linkProblems } from '../workshop/checking/pages.ts'
import { checkPages, readHandouts, readLectures, readSources } from '../workshop/lectures/check.ts'
import { root } from '../workshop/root.ts'
import { Clone, workshop } from './clone.ts'

test('every page has its shape, and shows what there is', async () => {
  const lectures = await readLectures()
  expect(lectures.length).toBeGreaterThanOrEqual(4)
  const pages = [...lectures, ...(await readHandouts())]
  const sources = await readSources(pages, { worktree: process.env['CI'] === 'true' })
  for (const { path, stale, problems } of await checkPages(pages, sources)) {
    expect([...stale, ...problems], `${path}: \`workshop lectures --fix\` fills blocks in`).toEqual(
      [],
    )
  }
})

test('the list of lectures has each of them, with its title and minutes', async () => {
  const readme = await readFile(join(root, 'lectures/README.md'), 'utf8')
  expect(await linkProblems('lectures/README.md', readme)).toEqual([])
  expect(commandProblems(readme)).toEqual([])
  const rows = readme.split('\n').filter((line) => /^\| \d\d \|/.test(line))
  const lectures = await readLectures()
  expect(rows).toEqual(
    lectures.map(({ path, front: { title, minutes, exercise, isBefore } }) => {
      const file = path.slice('lectures/'.length)
      return `| ${file.slice(0, 2)} | [${title}](${file}) | ${minutes} | ${isBefore ? 'before' : 'after'} ${exercise} |`
    }),
  )
})

test('the words "simply" and "just" stand in no lecture', async () => {
  for (const { path, text } of await readLectures()) {
    const lines = text.split('\n').filter((line) => /\b(simply|just)\b/i.test(line))
    expect(lines, path).toEqual([])
  }
})

test('a figure that was changed by hand is found, and put right', async () => {
  await using clone = await Clone.make()
  const path = join(clone.folder, 'lectures/01-why-distribute.md')
  const text = await readFile(path, 'utf8')
  await writeFile(path, text.replace('5.8 days', '5.9 days'))
  const red = await workshop(clone.folder, 'lectures', '01')
  expect(red.output).toMatch(/✘ lectures\/01.*\n +line \d+: "text printed" shows something else/)
  expect(red.code).toBe(1)
  const fixed = await workshop(clone.folder, 'lectures', '1', '--fix')
  expect(fixed.output).toContain('✔ lectures/01-why-distribute.md  blocks filled in: 1')
  expect(fixed.code).toBe(0)
  expect(await readFile(path, 'utf8')).toBe(text)
  const none = await workshop(clone.folder, 'lectures', '1', '77', 'faqs')
  expect(none.output).toContain('expected numbers of lectures or names of handouts, got "77 faqs"')
  expect(none.code).toBe(2)
})
