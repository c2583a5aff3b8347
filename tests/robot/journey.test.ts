// The whole way through the workshop, in one terminal, as somebody goes it who knows all answers.

import { expect, test } from 'vitest'
import { Clone, workshop } from '../clone.ts'
import { exercisesAsTheyCame, keeping, solve } from './attendee.ts'
import { noTerminal, Terminal } from './terminal.ts'

test.skipIf(noTerminal)(
  `a fresh clone is ready, and each exercise goes from red to green and on, to the end ${noTerminal}`,
  async () => {
    const exercises = await exercisesAsTheyCame()
    await using clone = await Clone.make({ name: "Zoë's clone, Übung 1" })
    const doctor = await workshop(clone.folder, 'doctor')
    expect(doctor.output).toMatch(/^READY/m)
    expect(doctor.code).toBe(0)
    await using terminal = Terminal.open(clone.folder, ['start'])
    await terminal.sees(new RegExp(`Northern Gifts.* 0 of ${exercises.length} done`))
    for (const [done, exercise] of exercises.entries()) {
      const { front, number } = exercise
      await terminal.sees(new RegExp(`${number} {2}${front.title} `))
      await terminal.sees(/running \.\.\./)
      await terminal.sees(new RegExp(`^ +${front.red[0]?.code}: `, 'm'))
      await terminal.sees(/^(RED|TIMEOUT) .*/m)
      await terminal.shows(/^(RED|TIMEOUT) .*\nn next .*q$/m)
      await solve(clone, exercise)
      await terminal.sees(/running \.\.\./)
      const [verdict] = await terminal.sees(/^GREEN .*/m)
      expect(verdict).toContain(`${done + 1} of ${exercises.length} done`)
      await terminal.shows(/^GREEN .*\nn next .*q$/m)
      await keeping(clone, async () => {
        terminal.press('n')
        if (done + 1 === exercises.length) await terminal.sees(/All \d+ exercises are done\./)
      })
    }
    terminal.press('q')
    expect(await terminal.ended()).toBe(0)
    expect(terminal.tooWide).toEqual([])
  },
)
