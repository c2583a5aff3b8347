// The conversation of `start` in a terminal: keys come in, deeds are done, events are shown, until
// somebody quits.

import type { Desk } from '../runner/desk.ts'
import { compare } from '../runner/actions/compare.ts'
import { goOn, goTo, skip } from '../runner/actions/go.ts'
import { hint } from '../runner/actions/hint.ts'
import { list } from '../runner/actions/list.ts'
import { isOpen } from '../runner/actions/lock.ts'
import { bringBack, reset, undoLast } from '../runner/actions/reset.ts'
import { putSolution } from '../runner/actions/solution.ts'
import { moveStray } from '../runner/actions/stray.ts'
import { trace } from '../runner/actions/trace.ts'
import type { Runner } from '../runner/runner.ts'
import { openInEditor } from './editor.ts'
import { type Asked, type Deed, helpLines, press, questionOf } from './keys.ts'
import type { TerminalView } from './terminal-view.ts'

type Deeds = Readonly<Record<Exclude<Deed, 'quit'>, (desk: Desk) => Promise<unknown>>>

/** Those after which the exercise is run again. */
const changing: readonly (Deed | object)[] = ['take', 'reset', 'bring back', 'undo', 'move']

const deeds: Deeds = {
  run: () => Promise.resolve(true),
  // Pressed twice, it was meant once: the exercise that it has gone on to is not green.
  next: (desk) => (desk.seen?.verdict === 'green' ? goOn(desk) : Promise.resolve(false)),
  skip,
  hint,
  compare: (desk) => compare(desk, { anyway: false }),
  'compare anyway': (desk) => compare(desk, { anyway: true }),
  trace,
  take: (desk) => putSolution(desk, { anyway: true }),
  reset,
  'bring back': bringBack,
  undo: undoLast,
  list,
  move: moveStray,
  open: async (desk) => {
    const { edit, folder } = desk.name
    const files = [`exercises/${folder}/README.md`, ...edit]
    const text = (await openInEditor(files))
      ? `Opened ${files.join(', ')}.`
      : `Open these in your editor: ${files.join(', ')}. (VISUAL says which to start.)`
    desk.emit({ kind: 'notice', text })
  },
  help: (desk) => {
    desk.emit({ kind: 'help', lines: helpLines })
    return Promise.resolve()
  },
}

export type Conversation = {
  readonly desk: Desk
  readonly runner: Runner
  readonly view: TerminalView
  /** Calls back for each key, until the returned function is called. */
  readonly onKey: (listener: (key: string) => void) => () => void
}

/** Resolves once the reader quits. */
export function converse({ desk, runner, view, onKey }: Conversation): Promise<void> {
  let asked: Asked = 'nothing'
  return new Promise((resolve) => {
    const stop = onKey((key) => {
      const { doneAt } = desk.progress
      const isGreen = desk.seen?.verdict === 'green' && doneAt !== undefined
      const pressed = press(asked, key, { isGreen, isUnlocked: isOpen(desk) })
      if (pressed.deed === 'quit') {
        stop()
        view.ask(undefined)
        resolve()
        return
      }
      const question = (one: Asked): string => JSON.stringify(one)
      if (question(pressed.asked) !== question(asked)) {
        asked = pressed.asked
        view.ask(questionOf(asked, desk.name.number))
      }
      if (pressed.deed !== undefined) void runner.act((one) => done(pressed.deed, one))
    })
  })
}

async function done(deed: Deed | { readonly goTo: string } | undefined, desk: Desk) {
  if (deed === undefined || deed === 'quit') return { runsAgain: false }
  if (typeof deed === 'object') {
    const exercise = desk.workshop.exercises.find(({ number }) => number === deed.goTo)
    if (exercise) await goTo(desk, exercise)
    else desk.emit({ kind: 'notice', text: `There is no exercise ${deed.goTo} here.` })
    return { runsAgain: exercise !== undefined }
  }
  const answer = await deeds[deed](desk)
  return { runsAgain: changing.includes(deed) || answer === true }
}
