// `solution`: shows it, or puts it in place of the reader's files, which are kept.

import { putSolution, showSolution } from '../runner/actions/solution.ts'
import { deskCommand } from '../terminal/desk-command.ts'

export const command = deskCommand({
  summary: 'shows the solution, or puts it in place: once it is green, or after three red runs',
  usage: '[NN] [--take] [--anyway]',
  flags: ['take', 'anyway'],
  act: (desk, { take = false, anyway = false }) =>
    (take ? putSolution : showSolution)(desk, { anyway }),
})
