// What an attendee has learned, as a page of Markdown. Its links lead from where it is written to
// the exercises, the solutions of those that are done, the glossary, and the attempts that were
// kept.

import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Attempt } from '../progress/attempts.ts'
import { allCodes, type Learned } from './learned.ts'

export type PagePlace = {
  /** The file that the page is written to. */
  readonly out: string
  /** The repository. */
  readonly root: string
  /** The day on the page. */
  readonly now: Date
}

export function pageOf(all: readonly Learned[], place: PagePlace): string {
  const done = all.filter(({ status }) => status === 'done')
  const others = all.filter(({ status }) => status !== 'done')
  return `${[
    '# What I learned',
    '',
    `Northern Gifts, the exactly-once workshop, as of ${dayOf(place.now)}. ${sumOf(all)}`,
    '',
    'This page is written anew by `npx -y pnpm@12 workshop report`. It is on this machine only.',
    '',
    ...done.flatMap((one) => sectionLines(one, place)),
    ...notDoneLines(others, place),
    ...codeLines(all, place),
  ]
    .join('\n')
    .trimEnd()}\n`
}

function sumOf(all: readonly Learned[]): string {
  const done = all.filter(({ status }) => status === 'done').length
  const runs = all.reduce((sum, one) => sum + one.runs, 0)
  const hints = all.reduce((sum, one) => sum + one.hints, 0)
  return `${done} of ${all.length} exercises done, in ${count(runs, 'run')} with ${count(hints, 'hint')}.`
}

const count = (number: number, thing: string): string =>
  `${number} ${thing}${number === 1 ? '' : 's'}`

function sectionLines(one: Learned, place: PagePlace): readonly string[] {
  const { number, folder, title, holds, open, attempts } = one
  const page = (base: string): string => linkTo(join(place.root, base, folder, 'README.md'), place)
  return [
    `## ${number} ${title}`,
    '',
    historyOf(one),
    '',
    'Holds now:',
    '',
    ...holds.map((sentence) => `- ${sentence}`),
    '',
    ...(open.length === 0 ? [] : ['Still open:', '']),
    ...open.map((point) => `- ${relinked(point, folder, place)}`),
    ...(open.length === 0 ? [] : ['']),
    `[The exercise](${page('exercises')}), and [why it holds](${page('solutions')}).`,
    '',
    ...attemptLines(attempts, place),
  ]
}

/** When, with how many runs and hints, and what went wrong on the way. */
function historyOf({ doneAt, runs, hints, solution, codes }: Learned): string {
  const first = doneAt === undefined ? 'Done' : `First green on ${dayOf(new Date(doneAt))}`
  const helped = {
    taken: ', with the solution taken over',
    seen: ', and with a look at the solution',
    none: '',
  }[solution ?? 'none']
  const met = codes.length === 0 ? '' : ` On the way: ${codes.map(coded).join(', ')}.`
  return `${first}; ${count(runs, 'run')}, ${count(hints, 'hint')}${helped}.${met}`
}

const coded = ({ code }: { readonly code: string }): string => `\`${code}\``

function attemptLines(attempts: readonly Attempt[], place: PagePlace): readonly string[] {
  if (attempts.length === 0) return []
  return [
    'Kept:',
    '',
    ...attempts.map(({ path, why, at, files }) => {
      const names = files.length === 0 ? '' : `: ${files.map((file) => `\`${file}\``).join(', ')}`
      return `- [${why}, ${momentOf(new Date(at))}](${linkTo(path, place)})${names}`
    }),
    '',
  ]
}

function notDoneLines(others: readonly Learned[], place: PagePlace): readonly string[] {
  if (others.length === 0) return []
  return [
    '## Not done yet',
    '',
    '| Exercise | State | Runs | Hints | Failures met |',
    '| --- | --- | --- | --- | --- |',
    ...others.map(({ number, folder, title, status, runs, hints, codes }) => {
      const link = linkTo(join(place.root, 'exercises', folder, 'README.md'), place)
      const met = codes.map(coded).join(', ')
      return `| [${number} ${title}](${link}) | ${status} | ${runs} | ${hints} | ${met} |`
    }),
    '',
    ...attemptLines(
      others.flatMap(({ attempts }) => attempts),
      place,
    ),
  ]
}

function codeLines(all: readonly Learned[], place: PagePlace): readonly string[] {
  const codes = allCodes(all)
  if (codes.length === 0) return []
  const glossary = linkTo(join(place.root, 'lectures', 'glossary.md'), place)
  return [
    '## The failures that I met',
    '',
    ...codes.map((met) => {
      const anchor = `${glossary}#${met.code.toLowerCase()}`
      return `- [${coded(met)}](${anchor}): ${met.meaning}.`
    }),
  ]
}

/** The links of a page in `solutions/`, from where this one is. */
const relinked = (markdown: string, folder: string, place: PagePlace): string =>
  markdown.replaceAll(/\]\((?![a-z]+:|#)([^)#\s]+)/g, (_, target: string) => {
    const path = join(place.root, 'solutions', folder, ...target.split('/'))
    return `](${linkTo(path, place)}`
  })

/** As Markdown needs it, with `/` on every system; on another drive as an address. */
function linkTo(path: string, { out }: PagePlace): string {
  const from = relative(dirname(out), path)
  if (isAbsolute(from)) return pathToFileURL(path).href
  return from
    .split(sep)
    .map((part) => encodeURIComponent(part).replaceAll('(', '%28').replaceAll(')', '%29'))
    .join('/')
}

const two = (value: number): string => String(value).padStart(2, '0')

const dayOf = (date: Date): string =>
  [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')

const momentOf = (date: Date): string =>
  `${dayOf(date)} ${two(date.getHours())}:${two(date.getMinutes())}`
