// Writes the page where it is wanted, and never over what somebody else has written: another file
// is refused, and a page that was edited since is kept beside the new one.

import { createHash } from 'node:crypto'
import { dirname, join, parse } from 'node:path'
import { SetupProblem } from '../command.ts'
import { readPlain, replaceFile, stamp } from '../progress/disk.ts'

export type Written = {
  readonly path: string
  /** Where the page that stood there, and was edited, is now. */
  readonly kept: string | undefined
}

/** Throws a `SetupProblem` where `path` is something else, or cannot be written. */
export async function writePage(path: string, page: string, now: Date): Promise<Written> {
  try {
    const before = await readPlain(path)
    if (before === 'aside') throw foreign(path, 'a folder, a link or a large file')
    const kept = before === undefined ? undefined : await keepEdited(path, before, now)
    // Whoever writes there in this very moment is not overwritten either.
    await replaceFile(path, Buffer.from(marked(page)), { bytes: before })
    return { path, kept }
  } catch (error) {
    if (error instanceof SetupProblem) throw error
    throw new SetupProblem(
      `expected to be able to write ${path}, got: ${String(error)}. ` +
        'Name another place with --out FILE',
      { cause: error },
    )
  }
}

const mark = /\r?\n<!-- workshop report ([0-9a-f]{64}) -->\r?\n?$/

/** With a last line that tells whether somebody has edited it since. */
const marked = (page: string): string => `${page}\n<!-- workshop report ${hashOf(page)} -->\n`

/** Of the words alone: line ends may have been changed by an editor or by git. */
const hashOf = (page: string): string =>
  createHash('sha256').update(page.replaceAll('\r\n', '\n')).digest('hex')

async function keepEdited(path: string, before: Buffer, now: Date): Promise<string | undefined> {
  const text = before.toString('utf8')
  const known = mark.exec(text)
  if (!known) throw foreign(path, 'a file that it has not written')
  if (hashOf(text.slice(0, known.index)) === known[1]) return undefined
  const { name, ext } = parse(path)
  const kept = join(dirname(path), `${name}.kept-${stamp(now)}${ext}`)
  await replaceFile(kept, before, { bytes: undefined })
  return kept
}

const foreign = (path: string, what: string): SetupProblem =>
  new SetupProblem(
    `expected ${path} to be free, or an earlier report, got ${what}. It is left as it is. ` +
      'Name another place with --out FILE',
  )
