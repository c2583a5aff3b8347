// What is new in the start of an exercise since the attendee began, or, where nobody knows any more
// what it was, what the attendee has made of the start as it is.

import { unified } from '../diffing/unified.ts'
import type { Start } from '../progress/place.ts'
import { type Progress, progressOf, slugOf } from '../progress/state.ts'
import { startHash } from '../progress/work.ts'
import { type Look, wrap } from '../screens/text.ts'
import { startOfHash } from './changed-upstream.ts'
import { contentsBelow, inside, isAlike } from './files.ts'

export type Comparison = {
  /** `start`: from the start that the work began from to the one there is now. `yours`: from the one
   *  there is now to the attendee's files. */
  readonly kind: 'start' | 'yours'
  readonly files: readonly { readonly file: string; readonly a: string; readonly b: string }[]
}

export async function compare(
  root: string,
  exercise: Start,
  progress: Progress,
): Promise<Comparison> {
  const { start: hash } = progressOf(progress, slugOf(exercise.folder))
  const isNewer = hash !== undefined && hash !== startHash(exercise)
  const old = isNewer ? await startOfHash(root, exercise, hash) : undefined
  if (old) return { kind: 'start', files: differing(old, exercise.start) }
  const folder = inside(root, `exercises/${exercise.folder}`)
  const here = await contentsBelow(folder, '')
  const mine = new Map([...here].map(([path, bytes]) => [path, bytes.toString('utf8')]))
  return { kind: 'yours', files: differing(exercise.start, mine) }
}

type Texts = ReadonlyMap<string, string>

const differing = (from: Texts, to: Texts): Comparison['files'] =>
  [...new Set([...from.keys(), ...to.keys()])]
    .sort()
    .map((file) => ({ file, a: from.get(file) ?? '', b: to.get(file) ?? '' }))
    .filter(({ a, b }) => !isAlike(Buffer.from(a), Buffer.from(b)))

const names = {
  start: ['the start you began from', 'the start as it is now'],
  yours: ['the start as it is now', 'yours'],
} as const

export function comparedLines({ kind, files }: Comparison, look: Look): readonly string[] {
  const [from, to] = names[kind]
  if (files.length === 0) return wrap(`SAME  no difference between ${from} and ${to}`, '', look)
  return files.flatMap(({ file, a, b }) => [
    ...unified(a, b, { from: `${file}, ${from}`, to: `${file}, ${to}`, columns: look.columns }),
    '',
  ])
}

export const comparedJson = ({ kind, files }: Comparison): readonly unknown[] =>
  files.map(({ file, a, b }) => {
    const [from, to] = names[kind]
    return { kind, file, lines: unified(a, b, { from: `${file}, ${from}`, to: `${file}, ${to}` }) }
  })
