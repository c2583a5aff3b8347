// How the tests of an exercise are shared out between two threads, by what each took the last time,
// and how what came of them is put together again. Each test is run once, a new one in the first.

import type { TestOutcome } from '../checking/tests.ts'

/** Which tests of a file to run. */
export type Part = (file: string) => 'all' | 'none' | RegExp

type Test = Pick<TestOutcome, 'file' | 'name'>
export type Timed = Pick<TestOutcome, 'file' | 'name' | 'ms'>

/** Less than this, in milliseconds, is not worth a thread. */
const worthMs = 100

/** The tests that there are now, each with the longest that it ever took: one that fails may take
 *  no time at all, and all of it once it is mended. */
export const longest = (known: readonly Timed[], now: readonly Timed[]): readonly Timed[] =>
  now.map(({ file, name, ms }) => {
    const before = known.find((one) => isSame(one, { file, name }))
    return { file, name, ms: Math.max(ms, before?.ms ?? 0) }
  })

const isSame = (a: Test, b: Test): boolean => a.file === b.file && a.name === b.name

/** The tests for the second thread, so that both end at about the same time. The longest stays in
 *  the first, which is warmer. */
export function secondShare(last: readonly Timed[]): readonly Test[] {
  const share: Test[] = []
  let [firstMs, secondMs] = [0, 0]
  for (const test of last.toSorted((a, b) => b.ms - a.ms)) {
    if (firstMs <= secondMs) firstMs += test.ms
    else {
      secondMs += test.ms
      share.push(test)
    }
  }
  return secondMs < worthMs ? [] : share
}

/** What each thread runs. */
export function partsOf(share: readonly Test[]): { readonly first: Part; readonly second: Part } {
  const namesIn = (file: string): string =>
    share
      .filter((test) => test.file === file)
      .map(({ name }) => name.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
      .join('|')
  return {
    first: (file) => {
      const names = namesIn(file)
      return names === '' ? 'all' : new RegExp(`^(?!(?:.* )?(?:${names})$)`, 's')
    },
    second: (file) => {
      const names = namesIn(file)
      return names === '' ? 'none' : new RegExp(`^(?:.* )?(?:${names})$`, 's')
    },
  }
}

/** The outcomes of both, in the order of the first, which knows of all tests. */
export function together(
  first: readonly TestOutcome[],
  second: readonly TestOutcome[],
): readonly TestOutcome[] {
  const ran = second.filter((one) => !isSkipped(one))
  const all = first.map((one) =>
    isSkipped(one) ? (ran.find((other) => isSame(one, other)) ?? one) : one,
  )
  return [...all, ...ran.filter((one) => !first.some((other) => isSame(one, other)))]
}

const isSkipped = ({ code }: TestOutcome): boolean => code === 'skipped'
