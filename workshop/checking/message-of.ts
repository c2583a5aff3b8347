// What a failed test says. A failure of ours says all that is needed; that of another library, or
// of the code itself, is told with the place where it happened, from the root, and with what
// differs.

import { stripVTControlCharacters } from 'node:util'
import { isFailureCode } from '@workshop/shared/check'
import { fromRoot, root } from '../root.ts'

/** What Vitest hands over of an error. */
export type Thrown = {
  readonly message: string
  readonly code?: unknown
  readonly stacks?: readonly { readonly file: string; readonly line: number }[] | undefined
  readonly diff?: string | undefined
}

/** Plain text: its first line is the sentence. */
export function messageOf(error: Thrown): string {
  const message = stripVTControlCharacters(error.message)
  if (isFailureCode(error.code)) return message
  const place = error.stacks?.find(({ file }) => isHere(fromRoot(file)))
  const at = place === undefined ? [] : [`at ${fromRoot(place.file)}:${place.line}`]
  const diff = error.diff === undefined ? [] : ['', stripVTControlCharacters(error.diff)]
  return [fromHere(message), ...at, ...diff].join('\n')
}

/** Whether the path is that of code of this repository: others cannot be changed. */
const isHere = (path: string): boolean => !/^\.\.\/|(^|\/)node_modules\//.test(path)

/** A path of this machine says less than one from the root. */
const fromHere = (message: string): string =>
  message.replaceAll(`${root}/`, '').replaceAll(`${root}\\`, '')
