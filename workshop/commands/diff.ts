// `diff`: the reader's files against the solution's. Formatting is no difference.

import { compare } from '../runner/actions/compare.ts'
import { deskCommand } from '../terminal/desk-command.ts'

export const command = deskCommand({
  summary: 'shows how yours differs from the solution, formatting ignored',
  usage: '[NN] [--anyway]',
  flags: ['anyway'],
  act: (desk, { anyway = false }) => compare(desk, { anyway }),
})
