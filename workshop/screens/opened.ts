// The welcome, and each exercise when it is taken up: what it is, what to read, where to edit.

import type { EventOf, ExerciseName } from '../runner/events.ts'
import { between, commandLine, type Look, wrap } from './text.ts'

export function openedLines(event: EventOf<'opened'>, look: Look): readonly string[] {
  const { machine, exercise, done, of, last } = event
  const facts = machine.map(({ name, value }) => `${name} ${value}`)
  return [
    ...between('Northern Gifts: the exactly-once workshop', `${done} of ${of} done`, look),
    ...wrap(facts.join(look.plain ? ', ' : '  ·  '), '', look),
    'Your work stays on this machine. Nothing is sent anywhere.',
    '',
    ...(last ? wrap(welcomeBack(exercise, last), '', look) : []),
    ...exerciseLines(exercise, look),
    ...(last || done > 0 ? [] : firstSteps(look)),
  ]
}

const welcomeBack = ({ number }: ExerciseName, last: { verdict: string; at: string }): string =>
  `Welcome back. ${number} is open; its last run was ${last.verdict}, ${dayOf(last.at)}.`

/** `2026-11-21 at 14:02`, in the time of this machine. */
function dayOf(at: string): string {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return 'some time ago'
  const two = (part: number): string => String(part).padStart(2, '0')
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day} at ${two(date.getHours())}:${two(date.getMinutes())}`
}

function firstSteps(look: Look): readonly string[] {
  const keys =
    'Read the page, then edit and save: each save runs the tests. Red is where every exercise ' +
    'begins. o opens the files in your editor.'
  const commands = 'Read the page, edit, and run it again. Red is where every exercise begins.'
  return ['', ...wrap(look.plain ? commands : keys, '', look)]
}

export const wentLines = ({ exercise }: EventOf<'went'>, look: Look): readonly string[] => [
  '',
  ...exerciseLines(exercise, look),
  ...(look.plain ? [`run   ${commandLine('run', exercise.number)}`] : []),
]

function exerciseLines(exercise: ExerciseName, look: Look): readonly string[] {
  const { number, title, minutes, edit, folder } = exercise
  return [
    ...between(`${number}  ${title}`, `about ${minutes} min`, look),
    `read  exercises/${folder}/README.md`,
    ...edit.map((file) => `edit  ${file}`),
  ]
}
