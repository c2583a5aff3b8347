// `update`: takes a newer version of the workshop over. Exercises that nobody has touched are
// replaced, every edit stays as it is, and what changed below an edit is listed.

import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readOneExercise } from '../catalogue/exercise.ts'
import { readPristine } from '../catalogue/pristine.ts'
import type { Command, ExitCode } from '../command.ts'
import { columns } from '../output.ts'
import { ProgressFile } from '../progress/progress-file.ts'
import { root } from '../root.ts'
import { acceptStart } from '../updating/changed-upstream.ts'
import { compare, comparedJson, comparedLines } from '../updating/compare.ts'
import { resumedLines, updatedJson, updatedLines } from '../updating/lines.ts'
import { resumeUpdate, update } from '../updating/update.ts'

export const command: Command = {
  summary: 'takes a newer version over, and keeps every edit',
  usage: '[--from REF|FOLDER] [--compare NN] [--keep NN] [--json]',
  run: async (args) => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        from: { type: 'string' },
        /** What is new in the start of an exercise that somebody works on. */
        compare: { type: 'string' },
        /** Keeps the work, and says no more about its newer start. */
        keep: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    const look = { columns: columns() }
    const say = (lines: readonly string[], objects: readonly unknown[]): void => {
      const printed = values.json ? objects.map((one) => JSON.stringify(one)) : lines
      if (printed.length > 0) console.log(printed.join('\n'))
    }
    const resumed = await resumeUpdate(root)
    if (resumed) say([...resumedLines(resumed, look), ''], [{ kind: 'resumed', ...resumed }])
    if (values.compare !== undefined) {
      const compared = await compareOne(values.compare)
      say(comparedLines(compared, look), comparedJson(compared))
    } else if (values.keep !== undefined) {
      const folder = await keepOne(values.keep)
      say([`KEPT  exercises/${folder} stays as it is`], [{ kind: 'accepted', folder }])
    } else {
      const updated = await update(values.from === undefined ? {} : { from: values.from })
      say(updatedLines(updated, look), updatedJson(updated))
    }
    return 0 satisfies ExitCode
  },
}

const progressFile = (): ProgressFile => new ProgressFile(join(root, '.workshop'))

async function compareOne(number: string): ReturnType<typeof compare> {
  const exercise = await readOneExercise(await readPristine({ worktree: false }), [number])
  const { progress } = await progressFile().read()
  return compare(root, exercise, progress)
}

async function keepOne(number: string): Promise<string> {
  const exercise = await readOneExercise(await readPristine({ worktree: false }), [number])
  await progressFile().update((progress) => acceptStart(progress, exercise))
  return exercise.folder
}
