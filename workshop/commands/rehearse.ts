// `rehearse`: plays a route by itself, the evening before, on the machine that will be used, and says
// what it takes there. It works on scratch copies: no file in `exercises/` is touched.

import { parseArgs } from 'node:util'
import { type Exercise, readExercises } from '../catalogue/exercise.ts'
import { readPristine } from '../catalogue/pristine.ts'
import { type Command, SetupProblem } from '../command.ts'
import { checkMachine } from '../machine.ts'
import { columns } from '../output.ts'
import { type Route, routeOf } from '../planning/routes.ts'
import { rehearsalLines, stepLines } from '../rehearsal/lines.ts'
import { rehearse, type Step } from '../rehearsal/rehearse.ts'
import { realStage } from '../rehearsal/stage.ts'

export const command: Command = {
  summary: 'plays a whole route by itself, and says what it takes on this machine',
  usage: '[NN...] [--route everything] [--json]',
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        route: { type: 'string', default: 'everything' },
        json: { type: 'boolean', default: false },
      },
    })
    const route = routeOf(values.route)
    await checkMachine()
    const chosen = await exercisesOf(route, positionals)
    const width = columns()
    const print = (lines: readonly string[]): void => {
      if (!values.json && lines.length > 0) console.log(lines.join('\n'))
    }
    print([`Rehearsing ${chosen.length} exercises in scratch copies. Yours are not touched.`, ''])
    await using stage = await realStage(chosen)
    const rehearsal = await rehearse(chosen, stage, (step) => {
      if (values.json && step.kind !== 'playing') console.log(JSON.stringify(jsonOf(step)))
      print(stepLines(step, width))
    })
    print(['', ...rehearsalLines(rehearsal, chosen, width)])
    const { ok, ms, hang } = rehearsal
    const left = chosen.length - rehearsal.exercises.length
    if (values.json) {
      console.log(JSON.stringify({ kind: 'rehearsal', ok, ms: Math.round(ms), notPlayed: left }))
    }
    // Their thread goes on for ever: the command line says so, and ends the process.
    if (hang) throw hang.error
    return ok ? 0 : 1
  },
}

async function exercisesOf(route: Route, wanted: readonly string[]): Promise<readonly Exercise[]> {
  const pristine = await readPristine({ worktree: false })
  if (wanted.length > 0) return readExercises(pristine, wanted)
  const on = new Set([...route.exercises, ...route.shown])
  const chosen = (await readExercises(pristine)).filter(({ number }) => on.has(number))
  if (chosen.length > 0) return chosen
  throw new SetupProblem(
    `expected a route with exercises that have been written, got ${route.name}, which has none yet`,
  )
}

const jsonOf = (step: Exclude<Step, { readonly kind: 'playing' }>): object =>
  step.kind === 'types' ? { kind: 'types', ...step.part } : { kind: 'exercise', ...step.rehearsed }
