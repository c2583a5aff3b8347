// What is handed out beside the lectures: the glossary, and pages to print. Theirs is no shape of
// slides; but their blocks are filled in as those of lectures are, and they give nothing away.

import { commandProblems, linkProblems } from '../checking/pages.ts'
import { strangeBlocks } from './fillers.ts'
import { type Block, type Page, proseLines } from './page.ts'

/** What goes on a printed page. A line of `---` begins the next one. */
const linesAPage = 60

/** What is missing or too much, as sentences. Empty where the shape is right. */
export async function handoutProblems(page: Page): Promise<readonly string[]> {
  const lines = proseLines(page)
  const prose = lines.join('\n')
  const titles = lines.filter((line) => line.startsWith('# '))
  return [
    ...(titles.length === 1 ? [] : [`expected one title, got ${titles.length}`]),
    ...strangeBlocks(page.blocks.map((block) => ({ page, block }))),
    ...page.blocks.flatMap(spoilerProblems),
    ...lengthProblems(page, prose),
    ...commandProblems(prose),
    ...(await linkProblems(page.path, prose)),
  ]
}

/** A handout lies on the table before its exercise: it may show what goes wrong, and no cure. */
function spoilerProblems({ info, start }: Block): readonly string[] {
  const whose = /^space-time \d\d (.+)$/.exec(info)?.[1] ?? ''
  const path = /^ts solutions\/\d\d-[a-z0-9-]+\/(.+)#/.exec(info)?.[1] ?? 'wrong/'
  const shows = [...whose.matchAll(/(?:^|\bon )(solution|right\/)/g)].map(([, one]) => one)
  if (shows.length === 0 && path.startsWith('wrong/')) return []
  return [`line ${start}: expected starts and wrong answers in a handout, got a solution`]
}

function lengthProblems({ path }: Page, text: string): readonly string[] {
  if (!path.startsWith('lectures/handouts/')) return []
  return text.split(/^---$/m).flatMap((printed, at) => {
    const count = printed.trim().split('\n').length
    if (count <= linesAPage) return []
    return [`page ${at + 1}: expected at most ${linesAPage} lines, got ${count}`]
  })
}
