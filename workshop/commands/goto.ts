// `goto`: takes up an exercise. The next `start` opens it.

import { goTo } from '../runner/actions/go.ts'
import { deskCommand } from '../terminal/desk-command.ts'

export const command = deskCommand({
  summary: 'takes up an exercise: the next start opens it',
  usage: 'NN',
  takes: 'one',
  act: (desk) => goTo(desk, desk.exercise),
})
