// `hint`: one more hint, of three.

import { hint } from '../runner/actions/hint.ts'
import { deskCommand } from '../terminal/desk-command.ts'

export const command = deskCommand({
  summary: 'shows one more hint, of three',
  usage: '[NN]',
  act: hint,
})
