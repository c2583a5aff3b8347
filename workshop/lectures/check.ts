// Compares lectures and handouts with what they show: each picture is drawn again from a run, each
// program is run, each piece of code is looked up. What is shown by several blocks is done once.

import { basename } from 'node:path'
import { readExercises } from '../catalogue/exercise.ts'
import { filesBelow, readPristine } from '../catalogue/pristine.ts'
import { root } from '../root.ts'
import { fillAll } from './fillers.ts'
import type { Sources } from './filling.ts'
import { handoutProblems } from './handout.ts'
import { type Lecture, readLecture } from './lecture.ts'
import { type Block, type Page, readPage, withBlocks } from './page.ts'
import { shapeProblems } from './shape.ts'

export type PageCheck = {
  readonly path: string
  /** The blocks that show something else than there is; `text` has them right. */
  readonly stale: readonly string[]
  /** What only an author can put right. */
  readonly problems: readonly string[]
  readonly text: string
}

/** All lectures, or those that `wanted` names, as `isNamed` does. */
export const readLectures = async (wanted: readonly string[] = []): Promise<readonly Lecture[]> =>
  (await textsOf(/^lectures\/\d\d-[a-z0-9-]+\.md$/, wanted)).map(([path, text]) =>
    readLecture(path, text),
  )

/** The glossary and the handouts, or those that `wanted` names. */
export const readHandouts = async (wanted: readonly string[] = []): Promise<readonly Page[]> =>
  (await textsOf(/^lectures\/(glossary|handouts\/[a-z0-9-]+)\.md$/, wanted)).map(([path, text]) =>
    readPage(path, text),
  )

/** Whether `name` is the number of a lecture, such as `3`, or what the file of a page is called. */
export function isNamed({ path }: { readonly path: string }, name: string): boolean {
  const file = basename(path, '.md')
  return file === name || (/^\d+$/.test(name) && file.startsWith(`${name.padStart(2, '0')}-`))
}

async function textsOf(pattern: RegExp, wanted: readonly string[]) {
  return [...(await filesBelow(root, 'lectures'))]
    .filter(([path]) => pattern.test(path))
    .filter(([path]) => wanted.length === 0 || wanted.some((one) => isNamed({ path }, one)))
}

/** What these pages may show: the exercises that they name, as the repository holds them;
 *  solutions and the core. An exercise that nobody names may be half written. */
export async function readSources(
  pages: readonly Page[],
  options: { readonly worktree: boolean },
): Promise<Sources> {
  const pristine = await readPristine(options)
  const wanted = new Set(pages.flatMap(exercisesIn))
  const numbers = new Set([...pristine.files.keys()].map((path) => path.split(/[/-]/)[1] ?? ''))
  const known = [...wanted].filter((number) => numbers.has(number))
  const [exercises, solutions, core] = await Promise.all([
    known.length > 0 ? readExercises(pristine, known) : [],
    filesBelow(root, 'solutions'),
    filesBelow(root, 'shared/src'),
  ])
  return { exercises, files: new Map([...pristine.files, ...solutions, ...core]) }
}

const isLecture = (page: Page): page is Lecture => 'slides' in page

const exercisesIn = (page: Page): readonly string[] => [
  ...(isLecture(page) ? [page.front.exercise] : []),
  ...page.blocks.flatMap(({ info }) => /^space-time (\d\d) /.exec(info)?.[1] ?? []),
]

/** The result of each page, in the same order. */
export async function checkPages(
  pages: readonly Page[],
  sources: Sources,
): Promise<readonly PageCheck[]> {
  const places = pages.flatMap((page) => page.blocks.map((block) => ({ page, block })))
  const filled = await fillAll(places, sources)
  return Promise.all(
    pages.map(async (page) => {
      const contents = new Map<Block, string>()
      const problems: string[] = []
      for (const one of filled.filter(({ place }) => place.page === page)) {
        const { block } = one.place
        if ('text' in one) contents.set(block, one.text)
        else problems.push(`line ${block.start}: ${one.problem}`)
      }
      const stale = [...contents]
        .filter(([block, text]) => block.text !== text)
        .map(([{ info, start }]) => `line ${start}: "${info}" shows something else than there is`)
      return {
        path: page.path,
        stale,
        problems: [...problems, ...(await shapeOf(page, sources))],
        text: withBlocks(page, contents),
      }
    }),
  )
}

const shapeOf = (page: Page, sources: Sources): Promise<readonly string[]> =>
  isLecture(page) ? shapeProblems(page, sources) : handoutProblems(page)
