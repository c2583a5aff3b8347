// `lectures`: says whether what lectures and handouts show is what there is, and with `--fix` fills it in.
// For authors; CI runs the same check as a test.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Command, SetupProblem } from '../command.ts'
import { writeFigures } from '../figures/figures.ts'
import { counts, measure } from '../figures/measuring.ts'
import { checkPages, isNamed, readHandouts, readLectures, readSources } from '../lectures/check.ts'
import { root } from '../root.ts'

export const command: Command = {
  summary: 'compares pictures, code and figures in the lectures with what there is',
  usage: '[NN|NAME...] [--fix] [--worktree] | --measure',
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        /** Writes what should stand in the blocks into them. */
        fix: { type: 'boolean', default: false },
        /** Shows the exercises as they are in the working tree: for authors. */
        worktree: { type: 'boolean', default: process.env['CI'] === 'true' },
        /** Measures what the curves of lectures show, and draws them. It takes minutes. */
        measure: { type: 'boolean', default: false },
      },
    })
    if (values.measure) {
      await writeFigures(await measure(counts, values))
      return 0
    }
    const pages = [...(await readLectures(positionals)), ...(await readHandouts(positionals))]
    const unknown = positionals.filter((name) => !pages.some((page) => isNamed(page, name)))
    if (unknown.length > 0) {
      const got = unknown.join(' ')
      throw new SetupProblem(`expected numbers of lectures or names of handouts, got "${got}"`)
    }
    const checks = await checkPages(pages, await readSources(pages, values))
    for (const { path, stale, problems, text } of checks) {
      const left = values.fix ? problems : [...stale, ...problems]
      if (values.fix && stale.length > 0) await writeFile(join(root, path), text)
      const wrote = values.fix && stale.length > 0 ? `  blocks filled in: ${stale.length}` : ''
      console.log(`${left.length === 0 ? '✔' : '✘'} ${path}${wrote}`)
      for (const problem of left) console.log(`    ${problem}`)
    }
    const isRight = (stale: readonly string[]): boolean => values.fix || stale.length === 0
    return checks.every(({ stale, problems }) => isRight(stale) && problems.length === 0) ? 0 : 1
  },
}
