// A folder that is said to hold a newer version: an unpacked download, or a stick that has the
// workshop in a folder of its own.

import { readdir } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { incompleteMark } from '../bundling/target.ts'
import { SetupProblem } from '../command.ts'
import { bytesAt } from './files.ts'

/** Where in `folder` the workshop lies: there, or one folder below. Throws a `SetupProblem` where it
 *  does not, or where it is `root` itself. */
export async function checkWorkshop(root: string, folder: string): Promise<string> {
  const name = await nameOf(root)
  if (await bytesAt(join(folder, incompleteMark))) {
    throw new SetupProblem(
      `expected ${folder} to be whole, but it says itself that it was never finished. ` +
        'Nothing has changed. Make or copy it again',
    )
  }
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const below = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  for (const one of [folder, ...below.sort().map((entry) => join(folder, entry))]) {
    if ((await nameOf(one)) !== name || !(await hasExercises(one))) continue
    if (relative(resolve(root), resolve(one)) !== '') return one
    throw new SetupProblem(
      `expected --from to name a folder with a newer version, got the one you are in`,
    )
  }
  throw new SetupProblem(
    `expected ${folder} to hold a newer version of ${name ?? 'the workshop'}: its package.json and ` +
      'its exercises. Got none. Nothing has changed. Unpack the download, and name that folder',
  )
}

async function nameOf(folder: string): Promise<string | undefined> {
  const text = (await bytesAt(join(folder, 'package.json')))?.toString('utf8')
  return /"name":\s*"([^"]+)"/.exec(text ?? '')?.[1]
}

const hasExercises = async (folder: string): Promise<boolean> =>
  (await readdir(join(folder, 'exercises')).catch(() => [])).length > 0
