// `report`: writes a page of what the attendee has learned, on this machine and nowhere else.

import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readExercises } from '../catalogue/exercise.ts'
import { readPristine } from '../catalogue/pristine.ts'
import { type Command, SetupProblem } from '../command.ts'
import { columns } from '../output.ts'
import { readProgress } from '../planning/known-progress.ts'
import { hanging } from '../planning/lines.ts'
import { attemptsBelow } from '../progress/attempts.ts'
import { placeOf, workshopFolder } from '../progress/place.ts'
import { type Learned, learnedOf } from '../reporting/learned.ts'
import { pageOf } from '../reporting/page.ts'
import { writePage } from '../reporting/writing.ts'
import { fromRoot, root } from '../root.ts'

export const command: Command = {
  summary: 'writes a page of what you have learned, what holds now and what is still open',
  usage: '[--out FILE] [--json]',
  run: async (args) => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        /** Default: `.workshop/report.md`. */
        out: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    if (values.out === '') throw new SetupProblem('expected --out with the name of a file, got ""')
    const folder = workshopFolder(placeOf())
    const out = values.out === undefined ? join(folder, 'report.md') : resolve(values.out)
    const now = new Date()
    const exercises = await readExercises(await readPristine({ worktree: false }))
    const attempts = await attemptsBelow(join(folder, 'attempts'))
    const learned = learnedOf(exercises, await readProgress(), attempts)
    const { path, kept } = await writePage(out, pageOf(learned, { out, root, now }), now)
    const done = learned.filter(({ status }) => status === 'done').length
    if (values.json) {
      for (const one of learned) console.log(JSON.stringify(jsonOf(one)))
      const end = { kind: 'report', path, kept: kept ?? null, done, of: learned.length }
      console.log(JSON.stringify(end))
      return 0
    }
    const lines = [
      ...(kept === undefined ? [] : [`Your edits of the last report are kept: ${shown(kept)}`]),
      `WRITTEN  ${shown(path)}  (${done} of ${learned.length} exercises done)`,
    ]
    console.log(lines.flatMap((line) => hanging('', line, columns())).join('\n'))
    return 0
  },
}

/** Within the repository from its root, elsewhere in full. */
const shown = (path: string): string => {
  const within = fromRoot(path)
  return within.startsWith('..') ? path : within
}

const jsonOf = ({ attempts, solution, doneAt, ...one }: Learned): object => ({
  kind: 'exercise',
  ...one,
  solution: solution ?? null,
  doneAt: doneAt ?? null,
  attempts: attempts.map(({ path, why, at, files }) => ({ path: fromRoot(path), why, at, files })),
})
