// `undo`: the files as they were before the last reset, take-over or undo.

import { undoLast } from '../runner/actions/reset.ts'
import { deskCommand } from '../terminal/desk-command.ts'

export const command = deskCommand({
  summary: 'brings back your files as they were before the last reset or take-over',
  usage: '',
  takes: 'nothing',
  act: undoLast,
})
