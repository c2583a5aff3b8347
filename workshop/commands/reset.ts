// `reset`: an exercise back to its start. What was there is kept.

import { bringBack, reset } from '../runner/actions/reset.ts'
import { deskCommand } from '../terminal/desk-command.ts'

export const command = deskCommand({
  summary: 'puts an exercise back to its start, and keeps what you had',
  usage: 'NN [--missing]',
  takes: 'one',
  /** Only brings back files that are gone. */
  flags: ['missing'],
  act: (desk, { missing = false }) => (missing ? bringBack(desk) : reset(desk)),
})
