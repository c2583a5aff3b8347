// `list`: all exercises, and how each stands.

import { list } from '../runner/actions/list.ts'
import { deskCommand } from '../terminal/desk-command.ts'

export const command = deskCommand({
  summary: 'lists the exercises, and how each stands',
  usage: '',
  takes: 'nothing',
  act: list,
})
