// `start`: opens the workshop. In a terminal it stays, runs the current exercise on every save, and
// ends on `q`; without one it prints the same once, in plain lines, and exits.

import { once } from 'node:events'
import { parseArgs } from 'node:util'
import type { Command, ExitCode } from '../command.ts'
import { fileEventsArrive } from '../loop/probe.ts'
import { Resident } from '../loop/resident.ts'
import { Compiler, type TypesIn } from '../loop/types.ts'
import { checkMachine } from '../machine.ts'
import { columns } from '../output.ts'
import { root } from '../root.ts'
import { changedUpstream } from '../updating/changed-upstream.ts'
import { resumedLines } from '../updating/lines.ts'
import { resumeUpdate } from '../updating/update.ts'
import { isHeld, takeRunnerLock } from '../progress/lock.ts'
import { SetupProblem } from '../command.ts'
import { Desk } from '../runner/desk.ts'
import type { Emit } from '../runner/events.ts'
import { round } from '../runner/round.ts'
import { Runner } from '../runner/runner.ts'
import { Wider } from '../runner/wider.ts'
import { chosen, doneIn, openWorkshop, workshopFolder } from '../runner/workshop.ts'
import { converse } from '../terminal/converse.ts'
import { emitter, type Form, isTerminal, keysOf, tellColumns } from '../terminal/output.ts'
import { TerminalView } from '../terminal/terminal-view.ts'

export const command: Command = {
  summary: 'opens the workshop: runs the current exercise on every save',
  usage: '[NN] [--plain] [--large] [--json] [--stay] [--poll]',
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        plain: { type: 'boolean', default: false },
        /** For a projector. */
        large: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        /** Stays without a terminal too, until its standard input ends: for editors and pages. */
        stay: { type: 'boolean', default: false },
        /** Looks at the files again and again, as if no file events arrived. */
        poll: { type: 'boolean', default: false },
      },
    })
    tellColumns(values)
    // What is wrong with the machine is said before Vitest trips over it.
    await checkMachine()
    await using compiler = new Compiler()
    await using resident = await Resident.start()
    const tools = { resident, typesIn: compiler.problemsIn }
    if (!isTerminal(values) && !values.stay)
      return await oneRun(emitter(values), positionals, tools)
    const talk = isTerminal(values) ? atTerminal(values) : asLines(emitter(values))
    return await stay(positionals, { ...tools, polls: values.poll, talk })
  },
}

/** What runs the tests and what checks the types, each started once. */
type Tools = { readonly resident: Resident; readonly typesIn: TypesIn }

/** One run, for whoever reads lines. */
async function oneRun(emit: Emit, [wanted]: readonly string[], tools: Tools): Promise<ExitCode> {
  const desk = await opened(emit, wanted)
  const { signal } = new AbortController()
  return (await round(desk, { ...tools, why: 'opened', signal })) === 'green' ? 0 : 1
}

/** Who is told what happens, and may say what to do, until they have had enough. */
type Talk = {
  readonly emit: Emit
  readonly until: (desk: Desk, runner: Runner) => Promise<void>
  readonly close: () => void
}

function atTerminal(form: Pick<Form, 'large'>): Talk {
  const view = new TerminalView(process.stdout, form)
  return {
    emit: (event) => view.show(event),
    until: (desk, runner) => converse({ desk, runner, view, onKey: keysOf }),
    close: () => view.close(),
  }
}

const asLines = (emit: Emit): Talk => ({
  emit,
  until: async () => {
    // Nothing that is said there means anything; that it ends does.
    process.stdin.resume()
    await once(process.stdin, 'end')
  },
  close: () => undefined,
})

/** How long one test may take with wider bounds. */
const widerMs = 60_000

type Stay = Tools & { readonly polls: boolean; readonly talk: Talk }

/** Until `q`, Ctrl-C, or the end of standard input. */
async function stay([wanted]: readonly string[], options: Stay): Promise<ExitCode> {
  const { resident, typesIn, polls, talk } = options
  const lock = await takeRunnerLock(workshopFolder)
  if (isHeld(lock)) {
    throw new SetupProblem(
      `expected one start at a time, got another that runs since ${lock.since}, as process ` +
        `${lock.heldBy}. ${lock.advice}`,
    )
  }
  await using _lock = lock
  const desk = await opened(talk.emit, wanted)
  const failed = Promise.withResolvers<never>()
  await using runner = new Runner(desk, resident, {
    hasEvents: !polls,
    typesIn,
    wider: new Wider((environment) => Resident.start({ environment, silenceMs: widerMs })),
    onFailure: failed.reject,
  })
  try {
    runner.watch()
    void runner.run('opened')
    if (!polls) void probe(desk, runner)
    await Promise.race([talk.until(desk, runner), failed.promise])
  } finally {
    talk.close()
  }
  return 0
}

async function opened(emit: Emit, wanted: string | undefined): Promise<Desk> {
  const resumed = await resumeUpdate(root)
  if (resumed) {
    emit({ kind: 'notice', text: resumedLines(resumed, { columns: columns() }).join(' ') })
  }
  const [machine, workshop] = await Promise.all([checkMachine(), openWorkshop()])
  const desk = new Desk(workshop, chosen(workshop, wanted), emit)
  const { lastRun } = desk.progress
  if (workshop.damaged !== undefined) {
    const text =
      'What was noted of your progress could not be read. It was moved to ' +
      `${workshop.damaged}; what your attempts tell is noted again.`
    emit({ kind: 'notice', text })
  }
  emit({
    kind: 'opened',
    machine,
    exercise: desk.name,
    done: doneIn(workshop),
    of: workshop.exercises.length,
    ...(lastRun ? { last: lastRun } : {}),
  })
  await desk.goTo(desk.exercise)
  for (const exercise of await changedUpstream(workshop.exercises, workshop.progress)) {
    const { number } = exercise
    const text =
      `▲ The start of ${number} is newer than your work on it. Your files are as you left them; ` +
      `npx -y pnpm@12 workshop update --compare ${number} shows what changed.`
    emit({ kind: 'notice', text })
  }
  return desk
}

/** How long a file event may take. */
const eventMs = 1_000

async function probe(desk: Desk, runner: Runner): Promise<void> {
  if (await fileEventsArrive(workshopFolder, { limitMs: eventMs })) return
  runner.poll()
  const text =
    'File events do not reach this folder, as on a drive that is mounted from another system. ' +
    'Saves are looked for twice a second instead.'
  desk.emit({ kind: 'notice', text })
}
