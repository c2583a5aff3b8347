// What any page for readers may get wrong: links that lead nowhere, and commands that cannot be
// pasted. Each function returns what stands in the way, as sentences.

import { access } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { root } from '../root.ts'

/** The links in `text` to files that are not there; `path` is where the page is, from the root. */
export async function linkProblems(path: string, text: string): Promise<readonly string[]> {
  const problems: string[] = []
  for (const [, target = ''] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
    if (/^[a-z]+:/.test(target)) continue
    const found = await access(join(root, dirname(path), target)).then(
      () => true,
      () => false,
    )
    if (!found) problems.push(`expected the link ${target} to lead somewhere`)
  }
  return problems
}

/** The commands in `text` that are none of this workshop, or not whole. */
export const commandProblems = (text: string): readonly string[] =>
  [...text.matchAll(/^(?: {4})?(npx .*)$|`(npx [^`]+)`/gm)]
    .map(([, line = '', inline]) => inline ?? line)
    .filter((line) => !/^npx -y pnpm@12 (start|test|verify|workshop [a-z-]+)( |$)/.test(line))
    .map((line) => `expected a command of this workshop, whole, got "${line}"`)
