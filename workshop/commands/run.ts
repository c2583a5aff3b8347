// `run`: one exercise, once: its tests and its types. 0 is green, 1 is red.

import { Resident } from '../loop/resident.ts'
import { Compiler } from '../loop/types.ts'
import { round } from '../runner/round.ts'
import { deskCommand } from '../terminal/desk-command.ts'

export const command = deskCommand({
  summary: 'runs an exercise once: its tests and its types',
  usage: '[NN]',
  act: async (desk) => {
    await using compiler = new Compiler()
    await using resident = await Resident.start()
    const { signal } = new AbortController()
    const { problemsIn: typesIn } = compiler
    return (await round(desk, { why: 'asked', resident, typesIn, signal })) === 'green'
  },
})
