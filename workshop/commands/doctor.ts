// `doctor`: looks at the machine, and plays one exercise from red to green. READY, or what to mend.

import { parseArgs } from 'node:util'
import type { Command } from '../command.ts'
import { diagnose } from '../doctor/diagnosis.ts'
import { diagnosisLines } from '../doctor/lines.ts'
import { playExercise } from '../doctor/mini-exercise.ts'
import { readFacts } from '../doctor/read-facts.ts'
import { columns } from '../output.ts'

export const command: Command = {
  summary: 'says whether this machine is ready, and how to mend what is not',
  usage: '[--json]',
  run: async (args) => {
    const { values } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false } },
    })
    const startedMs = performance.now()
    const [facts, played] = await Promise.all([readFacts(), playExercise()])
    const diagnosis = diagnose(facts, played)
    const ms = Math.round(performance.now() - startedMs)
    const { rows, isReady, code } = diagnosis
    console.log(
      (values.json
        ? [...rows, { ready: isReady, code, ms }].map((one) => JSON.stringify(one))
        : diagnosisLines(diagnosis, { columns: columns(), ms })
      ).join('\n'),
    )
    return isReady ? 0 : 2
  },
}
