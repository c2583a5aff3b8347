// Text in lines of a given width. Words go on below; only what is drawn, or is code, ends at the
// edge, as nothing of it would be understood if it went on. A path and a command stay whole.

import { stripVTControlCharacters } from 'node:util'

/** How a screen is to look. */
export type Look = {
  readonly columns: number
  /** To be read as lines, perhaps aloud: words for signs, commands for keys, and nothing drawn. */
  readonly plain?: boolean
}

/** `left` and `right` at the two edges; `right` goes below where both do not fit. */
export function between(left: string, right: string, { columns, plain }: Look): readonly string[] {
  const gap = columns - left.length - right.length
  if (plain) return wrap(`${left}, ${right}`, '', { columns })
  if (gap >= 2) return [left + ' '.repeat(gap) + right]
  return [...wrap(left, '', { columns }), right.padStart(columns)]
}

/** A space at which no line is broken. */
export const noBreak = '\u00a0'

/** `text` in lines, the first after `lead`, the others indented alike. A word that is wider than
 *  the screen, such as a path, keeps its line. */
export function wrap(text: string, lead: string, { columns }: Look): readonly string[] {
  const indent = ' '.repeat(lead.length)
  const lines: string[] = []
  let line = lead
  for (const word of text.replaceAll(command, inOnePiece).split(' ')) {
    if (line.length + word.length > columns && line.trim() !== '') {
      lines.push(line.trimEnd())
      line = indent
    }
    line += `${word} `
  }
  return [...lines, line.trimEnd()].map((one) => one.replaceAll(noBreak, ' '))
}

/** A command within a sentence, with its flags and numbers. */
const command = /npx -y pnpm@12(?: workshop)? [\w-]+(?: --[\w-]+| \d\d\b)*/g

const inOnePiece = (text: string): string => text.replaceAll(' ', noBreak)

/** Each line of `text` in lines that fit; what fits stays as it is. */
export const fitted = (text: string, lead: string, look: Look): readonly string[] =>
  clean(text)
    .split('\n')
    .flatMap((line) => {
      const whole = `${lead}${line}`.trimEnd()
      const isKept = whole.length <= look.columns || isCommand(line) || isPlace(line)
      return isKept ? [whole] : wrap(line, lead, look)
    })

/** The same, where what is drawn ends at the edge. */
export const drawn = (text: string, lead: string, look: Look): readonly string[] =>
  clean(text)
    .split('\n')
    .flatMap((line) =>
      isDrawn(line) && !isCommand(line) && !isPlace(line)
        ? [cut(`${lead}${line}`.trimEnd(), look)]
        : fitted(line, lead, look),
    )

/** To be copied and pasted. */
const isCommand = (line: string): boolean => /^\s*(?:\w+ {2})?npx /.test(line)

/** Where in the code it happened: to be clicked at. */
const isPlace = (line: string): boolean => /^\s*(?:at \S+|╭─\[.*\])$/.test(line)

/** Lines of a picture, a frame of code, a diff, or what else is indented. */
const isDrawn = (line: string): boolean => /^\s|^[+-] |[\u2500-\u257f]/.test(line)

/** `line`, which ends at the edge. */
const cut = (line: string, { columns }: Look): string =>
  line.length <= columns ? line : `${line.slice(0, columns - 1)}…`

/** Without what would move the cursor or change a colour; a tab is two spaces. */
export const clean = (text: string): string =>
  stripVTControlCharacters(text)
    .replaceAll('\t', '  ')
    // oxlint-disable-next-line no-control-regex -- these are what is to be taken out
    .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '')

/** A blank line, and `── title ───────` over the whole width. */
export function titled(title: string, look: Look): readonly string[] {
  const { columns, plain } = look
  if (plain) return ['', ...wrap(title, '', look)]
  const [first = '', ...more] = wrap(title, '── ', { columns: columns - 3 })
  return ['', `${first} `.padEnd(columns, '─'), ...more]
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

export const count = (amount: number, one: string, many = `${one}s`): string =>
  `${amount.toLocaleString('en')} ${amount === 1 ? one : many}`

/** What to type for a command of the workshop, whole. */
export const commandLine = (name: string, ...args: readonly string[]): string =>
  ['npx -y pnpm@12 workshop', name, ...args].join(' ')
