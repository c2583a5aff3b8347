// The way from the start of an exercise to its solution, change by change in reading order: the
// files as the front matter names them, a new one as a whole, an import with what needs it.

import type { Exercise, Files } from '../catalogue/exercise.ts'
import { applied, type Hunk, hunksOf, linesOf } from '../diffing/hunks.ts'
import { importLines, isImport, namesIn } from './imports.ts'

export type Step = {
  readonly file: string
  /** Its text before; empty where the step makes the file. */
  readonly before: string
  readonly after: string
  /** The line, from 1, at which the change begins in the new text; an import is not where. */
  readonly line: number
}

export function stepsOf({ front, start, solution }: Exercise): readonly Step[] {
  const turn = (file: string): number => {
    const at = front.edit.indexOf(file)
    return at < 0 ? front.edit.length : at
  }
  return [...solution]
    .toSorted(([a], [b]) => turn(a) - turn(b) || (a < b ? -1 : 1))
    .flatMap(([file, text]) => stepsIn(file, start.get(file), text))
}

/** The files as they are when the first `count` steps are made. */
export function filesAfter(start: Files, steps: readonly Step[], count: number): Files {
  const files = new Map(start)
  for (const { file, after } of steps.slice(0, count)) files.set(file, after)
  return files
}

function stepsIn(file: string, before: string | undefined, text: string): readonly Step[] {
  if (before === undefined) return [{ file, before: '', after: text, line: 1 }]
  const hunks = hunksOf(before, text)
  const sides = { a: importLines(linesOf(before)), b: importLines(linesOf(text)) }
  const groups = together(hunks, (hunk) => isImport(hunk, sides))
  const made = new Set<Hunk>()
  return groups.map((group) => {
    const so = applied(
      before,
      hunks.filter((hunk) => made.has(hunk)),
    )
    for (const hunk of group.hunks) made.add(hunk)
    const done = hunks.filter((hunk) => made.has(hunk))
    return { file, before: so, after: applied(before, done), line: lineOf(group.main, done) }
  })
}

type Group = { readonly main: Hunk; readonly hunks: readonly Hunk[] }

/** An import goes with the first change that has one of its names; else with the last one. */
function together(hunks: readonly Hunk[], isImport: (hunk: Hunk) => boolean): readonly Group[] {
  const changes = hunks.filter((hunk) => !isImport(hunk))
  const last = changes.at(-1)
  if (!last) return hunks.map((hunk) => ({ main: hunk, hunks: [hunk] }))
  const needs = (hunk: Hunk): Hunk => {
    const names = namesIn(hunk).map((name) => new RegExp(`(?<![\\w$])${escaped(name)}(?![\\w$])`))
    const isNeeded = ({ added }: Hunk): boolean =>
      added.some((line) => names.some((name) => name.test(line)))
    return changes.find(isNeeded) ?? last
  }
  const imports = hunks.filter(isImport).map((hunk) => ({ hunk, with: needs(hunk) }))
  return changes.map((main) => ({
    main,
    hunks: [...imports.filter((one) => one.with === main).map(({ hunk }) => hunk), main],
  }))
}

const escaped = (name: string): string => name.replaceAll('$', String.raw`\$`)

/** Where `main` begins once `done` are made. */
function lineOf(main: Hunk, done: readonly Hunk[]): number {
  const before = done.filter(({ from }) => from < main.from)
  const shift = before.reduce((sum, { added, removed }) => sum + added.length - removed.length, 0)
  return main.from + shift + 1
}
