// `skip`: leaves an exercise as it is, and goes on to the next one that is open.

import { skip } from '../runner/actions/go.ts'
import { deskCommand } from '../terminal/desk-command.ts'

export const command = deskCommand({
  summary: 'leaves an exercise as it is, and goes on to the next',
  usage: '[NN]',
  act: async (desk) => {
    await skip(desk)
  },
})
