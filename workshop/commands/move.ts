// `move`: what was edited in `solutions/` goes to where it works. Both files are kept.

import { moveStray } from '../runner/actions/stray.ts'
import { deskCommand } from '../terminal/desk-command.ts'

export const command = deskCommand({
  summary: 'moves what you edited in solutions/ to the exercise, and keeps both',
  usage: '',
  takes: 'nothing',
  act: moveStray,
})
