// What each key does, and what is asked back before something is done that cannot be seen on the
// screen. Pure: the state of a conversation, a key, and what comes of both.

/** What a key asks for. Each is a command too. */
export type Deed =
  | 'run'
  | 'next'
  | 'hint'
  | 'compare'
  | 'compare anyway'
  | 'trace'
  | 'take'
  | 'skip'
  | 'reset'
  | 'bring back'
  | 'undo'
  | 'list'
  | 'open'
  | 'move'
  | 'help'
  | 'quit'

/** What was asked, and waits for an answer. */
export type Asked = 'nothing' | 'skip' | 'stuck' | 'reset' | 'compare' | { readonly goTo: string }

export type Pressed = {
  readonly asked: Asked
  readonly deed?: Deed | { readonly goTo: string }
}

export type Situation = {
  readonly isGreen: boolean
  /** Whether the solution may be seen without asking twice. */
  readonly isUnlocked: boolean
}

const deeds: Readonly<Record<string, Deed>> = {
  h: 'hint',
  t: 'trace',
  l: 'list',
  o: 'open',
  u: 'undo',
  m: 'move',
  r: 'run',
  ' ': 'run',
  '\r': 'run',
  '\n': 'run',
  '?': 'help',
  q: 'quit',
}

/** In raw mode Ctrl-C and Ctrl-D arrive as bytes. */
const ends = ['\u0003', '\u0004']

export function press(asked: Asked, key: string, situation: Situation): Pressed {
  if (ends.includes(key)) return { asked: 'nothing', deed: 'quit' }
  const small = key.toLowerCase()
  if (typeof asked === 'object') return goingTo(asked.goTo, small, situation)
  if (asked === 'nothing') return asking(small, situation)
  const deed = deedOf(answers[asked], small)
  if (deed) return { asked: 'nothing', deed }
  // Whoever presses another key has thought better of it.
  return { asked: 'nothing' }
}

/** An escape sequence comes as one key too, and may be any word. */
const deedOf = (of: Readonly<Record<string, Deed>>, key: string): Deed | undefined =>
  Object.hasOwn(of, key) ? of[key] : undefined

const answers: Readonly<Record<Exclude<Asked, 'nothing' | object>, Record<string, Deed>>> = {
  skip: { n: 'skip' },
  compare: { d: 'compare anyway' },
  stuck: { '1': 'hint', '2': 'compare anyway', '3': 'take', '4': 'skip' },
  reset: { y: 'reset', m: 'bring back' },
}

function asking(key: string, { isGreen, isUnlocked }: Situation): Pressed {
  if (key === 'n') return isGreen ? { asked: 'nothing', deed: 'next' } : { asked: 'skip' }
  if (key === 'd') {
    return isUnlocked ? { asked: 'nothing', deed: 'compare' } : { asked: 'compare' }
  }
  if (key === 's') return { asked: 'stuck' }
  if (key === 'x') return { asked: 'reset' }
  if (key === 'l') return { asked: { goTo: '' }, deed: 'list' }
  const deed = deedOf(deeds, key)
  return deed ? { asked: 'nothing', deed } : { asked: 'nothing' }
}

/** Two digits go to an exercise; anything else is the key that it always is. */
function goingTo(digits: string, key: string, situation: Situation): Pressed {
  if (!/^\d$/.test(key)) return asking(key, situation)
  const number = digits + key
  return number.length < 2
    ? { asked: { goTo: number } }
    : { asked: 'nothing', deed: { goTo: number } }
}

/** The question that stands on the screen while `asked` waits. */
export function questionOf(asked: Asked, number: string): readonly string[] | undefined {
  if (typeof asked === 'object') {
    return [`Two digits go to an exercise${asked.goTo && `: ${asked.goTo}`}. Any other key: stay.`]
  }
  return questions[asked](number)
}

const questions: Readonly<
  Record<Exclude<Asked, object>, (number: string) => readonly string[] | undefined>
> = {
  nothing: () => undefined,
  skip: (number) => [
    `${number} is not green. n again leaves it as it is, and goes on; other: stay`,
  ],
  compare: () => ['It shows the solution before you have yours. d again: show it; other key: stay'],
  reset: (number) => [
    `${number} back to its start? What you have is kept, and u brings it back.`,
    'y reset · m only bring back missing files · other key: no',
  ],
  stuck: () => [
    'Stuck is normal. In every case your files stay, or are kept.',
    '1 one more hint       3 put the solution here',
    '2 see the difference  4 leave it as it is, and go on',
    'other key: back',
  ],
}

export const helpLines: readonly string[] = [
  'n  go on to the next one             goto NN',
  'h  one more hint, of three           hint NN',
  'd  yours against the solution        diff NN',
  't  the failure step by step          replay NN ...',
  's  stuck: what you can do            solution NN [--take]',
  'x  back to the start, yours is kept  reset NN',
  'u  undo the last reset or take-over  undo',
  'l  list, and go to another one       list, goto NN, skip NN',
  'm  move an edit of the solution      move',
  'r  run again without a save          run NN',
  'o  open the files in your editor',
  'q  quit; start again goes on from here',
  '',
  'What stands to the right is a command that does the same:',
  '   npx -y pnpm@12 workshop hint 03',
]
