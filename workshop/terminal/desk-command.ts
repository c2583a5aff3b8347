// A command that does what a key of `start` does: the same action, told as lines or as JSON.

import { parseArgs } from 'node:util'
import { type Command, SetupProblem } from '../command.ts'
import { Desk } from '../runner/desk.ts'
import { chosen, openWorkshop } from '../runner/workshop.ts'
import { emitter, tellColumns } from './output.ts'

type Flags = Readonly<Record<string, boolean>>

export type DeskCommand = Pick<Command, 'summary' | 'usage'> & {
  /** How many exercises it names: `at most one`, the open one by default. */
  readonly takes?: 'nothing' | 'one' | 'at most one'
  readonly flags?: readonly string[]
  /** Answers `false` where what was asked for did not come out. */
  readonly act: (desk: Desk, flags: Flags) => Promise<unknown>
}

const most = { nothing: 0, one: 1, 'at most one': 1 } as const

export const deskCommand = (described: DeskCommand): Command => ({
  summary: described.summary,
  usage: `${described.usage} [--large] [--json]`.trim(),
  run: async (args) => {
    const { takes = 'at most one', flags = [], act } = described
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: Object.fromEntries(
        ['json', 'large', ...flags].map((flag) => [
          flag,
          { type: 'boolean', default: false } as const,
        ]),
      ),
    })
    const [wanted] = positionals
    if (positionals.length > most[takes] || (takes === 'one' && wanted === undefined)) {
      const expected = takes === 'nothing' ? 'nothing' : `the number of ${takes} exercise`
      throw new SetupProblem(`expected ${expected}, got "${positionals.join(' ')}"`)
    }
    const form = { plain: true, json: values['json'] === true, large: values['large'] === true }
    tellColumns(form)
    const workshop = await openWorkshop()
    let isClosed = false
    const emit = emitter(form)
    const desk = new Desk(workshop, chosen(workshop, wanted), (event) => {
      isClosed ||= event.kind === 'closed'
      emit(event)
    })
    const asked = Object.fromEntries(flags.map((flag) => [flag, values[flag] === true]))
    return (await act(desk, asked)) === false || isClosed ? 1 : 0
  },
})
