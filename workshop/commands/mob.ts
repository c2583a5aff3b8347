// `mob`: one keyboard, several people. Says who drives, who is next and how long it still takes, and
// rings when the keyboard is handed over.

import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readExercises } from '../catalogue/exercise.ts'
import { readPristine } from '../catalogue/pristine.ts'
import type { Command } from '../command.ts'
import { painter } from '../mob/painter.ts'
import { mobPlan } from '../mob/plan.ts'
import { runMob } from '../mob/run-mob.ts'
import { uncommittedFiles } from '../mob/uncommitted.ts'
import { ProgressFile } from '../progress/progress-file.ts'
import { slugOf } from '../progress/state.ts'
import { root } from '../root.ts'
import { workshopFolder } from '../runner/workshop.ts'
import { isTerminal, keysOf } from '../terminal/output.ts'

export const command: Command = {
  summary: 'a timer for one keyboard and several people: who drives, who is next, what for',
  usage: '--drivers ann,ben,cy --minutes 7 [--goal TEXT] [--rounds N] [--large] [--plain] [--json]',
  run: async (args) => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        drivers: { type: 'string' },
        minutes: { type: 'string', default: '7' },
        goal: { type: 'string' },
        /** How often everybody drives. Without it, until `q`. */
        rounds: { type: 'string' },
        large: { type: 'boolean', default: false },
        plain: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    })
    // What is wrong with the call is said before anything is read.
    const { drivers, minutes, rounds, large, json } = values
    const agreed = mobPlan({ drivers, minutes, rounds, goal: values.goal })
    const plan = { ...agreed, goal: agreed.goal ?? (await titleOfTheCurrent()) }
    const isDrawn = isTerminal(values)
    const form = json ? 'json' : isDrawn ? (large ? 'large' : 'terminal') : 'plain'
    const { tell, show, close } = painter(process.stdout, form)
    try {
      await runMob(plan, {
        nowMs: () => Date.now(),
        sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
        onKey: isDrawn ? keysOf : () => () => undefined,
        tell: async (event) => {
          tell({ event, uncommitted: event.type === 'turn' ? await uncommittedFiles(root) : [] })
        },
        show,
      })
    } finally {
      close()
    }
    return 0
  },
}

/** Of the exercise that is open; undefined where none was opened yet. */
async function titleOfTheCurrent(): Promise<string | undefined> {
  const { progress } = await new ProgressFile(workshopFolder).read()
  if (progress.current === undefined) return undefined
  const exercises = await readExercises(await readPristine({ worktree: false }))
  return exercises.find(({ folder }) => slugOf(folder) === progress.current)?.front.title
}
