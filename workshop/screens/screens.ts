// What each event looks like in a terminal: pure functions from an event to lines of text, at most
// as wide as the screen. State is a sign and a word; colour is never needed. The verdict of a run
// is not among its lines: whoever shows them decides where it stands.

import type { EventOf, RunnerEvent } from '../runner/events.ts'
import { differenceLines } from './difference.ts'
import { withoutBox } from './failure.ts'
import { greenLines } from './green.ts'
import { hintLines } from './hint.ts'
import { listLines } from './list.ts'
import { openedLines, wentLines } from './opened.ts'
import { resultLines } from './result.ts'
import { commandLine, count, drawn, fitted, type Look, titled, wrap } from './text.ts'
import { typesLines } from './types.ts'
import { widerLines } from './wider.ts'
import { writtenLines } from './written.ts'

type Screens = {
  readonly [Kind in RunnerEvent['kind']]: (event: EventOf<Kind>, look: Look) => readonly string[]
}

const screens: Screens = {
  opened: openedLines,
  went: wentLines,
  running: () => [],
  result: (event, look) => {
    const { number, title } = event.exercise
    return [...titled(`${number} ${title}`, look), ...resultLines(event, look)]
  },
  types: typesLines,
  green: greenLines,
  wider: widerLines,
  hint: hintLines,
  trace: ({ exercise, text }, look) => [
    ...titled(`${exercise.number} Step by step`, look),
    ...drawn(look.plain ? withoutBox(text.split('\n')).join('\n') : text, '', look),
  ],
  difference: differenceLines,
  solution: ({ exercise, page, files }, look) => [
    ...files.flatMap(({ file, text }) => [
      ...titled(`${exercise.number} ${file}: the solution`, look),
      // To be copied, and so as it is.
      ...text.trimEnd().split('\n'),
    ]),
    '',
    ...wrap(`Why it holds, and what it costs: ${page}`, '', look),
  ],
  closed: ({ why }, look) => wrap(why, '', look),
  written: writtenLines,
  skipped: ({ exercise }, look) =>
    wrap(`${look.plain ? '' : '↷ '}${exercise.number} is skipped, and stays as it is.`, '', look),
  list: listLines,
  notice: ({ text }, look) => fitted(text, '', look),
  stray: ({ file, belongs }, look) => [
    ...wrap(`You edited ${file}, which nobody runs. Your own file is ${belongs}.`, '', look),
    ...(look.plain
      ? [`move  ${commandLine('move')}`]
      : wrap('m moves your edit there, and keeps what it replaces.', '', look)),
  ],
  help: ({ lines }, look) => ['', ...lines.flatMap((line) => fitted(line, '', look))],
  setup: ({ text }, look) => ['', ...fitted(text, '', look)],
  finished: ({ done, skipped }, look) => [
    '',
    ...(skipped === 0
      ? [
          ...wrap(
            `All ${done} exercises are done. What you have built is in shared/src too, as it is ` +
              'run for real. A page of what you have learned, for you to keep:',
            '',
            look,
          ),
          `keep  ${commandLine('report')}`,
        ]
      : [
          ...wrap(`${count(done, 'exercise')} done, ${skipped} skipped.`, '', look),
          look.plain ? `list  ${commandLine('list')}` : 'l lists them, and goes to one of them.',
        ]),
  ],
}

export function screenOf(event: RunnerEvent, look: Look): readonly string[] {
  const draw: (event: never, look: Look) => readonly string[] = screens[event.kind]
  return draw(event as never, look)
}
