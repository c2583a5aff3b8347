// What the compiler says. Nothing where it is content: then the verdict says so.

import type { EventOf } from '../runner/events.ts'
import { count, fitted, type Look, titled, wrap } from './text.ts'

/** Of further problems only the number: one is mended at a time. */
const inFull = 3

export function typesLines({ problems }: EventOf<'types'>, look: Look): readonly string[] {
  if (problems.length === 0) return []
  const [first, more] = [problems.slice(0, inFull), problems.slice(inFull)]
  const sum = count(problems.length, 'problem')
  const title = look.plain ? `TYPES  ${sum}` : `The compiler found ${sum}`
  return [
    ...titled(title, look),
    ...first.flatMap(({ file, line, code, message }) => {
      const [sentence = '', ...details] = message.split('\n')
      return [
        `${look.plain ? 'FAIL  ' : ' ✘ '}${file}:${line}`,
        ...wrap(`${code}: ${sentence}`, '     ', look),
        // Each line says why the one above it is so; it is indented under it.
        ...details.flatMap((detail) => inside(detail, look)),
      ]
    }),
    ...(more.length > 0 ? [`     and ${count(more.length, 'more problem')}`] : []),
    '',
    'The exercise is green once both its tests and its types are.',
    '',
  ]
}

function inside(line: string, look: Look): readonly string[] {
  const text = line.trimStart()
  const lead = ' '.repeat(Math.min(15, 5 + line.length - text.length))
  return fitted(text, lead, look)
}
