// Single entries of git's index, read and set. Setting one touches no file of the working tree.

import type { Git } from './git.ts'
import type { Blob } from './tree.ts'

export type Entry = { readonly path: string; readonly entry: Blob | null }

/** What is staged below `folder`, that is, what the index holds otherwise than HEAD. */
export async function stagedBelow(git: Git, folder: string): Promise<readonly Entry[]> {
  const args = ['diff-index', '--cached', '--raw', '--no-abbrev', '--no-renames', '-z']
  const fields = (await git.must([...args, 'HEAD', '--', folder])).toString('utf8').split('\0')
  const found: Entry[] = []
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, mode = '', , oid = ''] = (fields[at] ?? '').split(' ')
    found.push({ path: fields[at + 1] ?? '', entry: /^0+$/.test(oid) ? null : { mode, oid } })
  }
  return found
}

/** Sets entries, or removes those that are null. `env` may name another index. */
export async function setEntries(
  git: Git,
  entries: readonly Entry[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  if (entries.length === 0) return
  const none = '0'.repeat(40)
  // Removed first: that takes all stages of a conflict with it.
  const lines = [
    ...entries.map(({ path }) => `0 ${none}\t${path}\0`),
    ...entries.flatMap(({ path, entry }) =>
      entry === null ? [] : [`${entry.mode} ${entry.oid} 0\t${path}\0`],
    ),
  ]
  await git.must(['update-index', '-z', '--index-info'], { input: lines.join(''), env })
}

/** The index as it is. Conflicts are left out. */
export async function indexEntries(git: Git): Promise<ReadonlyMap<string, Blob>> {
  const entries = new Map<string, Blob>()
  const listed = (await git.must(['ls-files', '-s', '-z'])).toString('utf8')
  for (const line of listed.split('\0').filter(Boolean)) {
    const [, mode = '', oid = '', stage, path = ''] =
      /^(\d+) ([0-9a-f]+) (\d)\t(.*)$/s.exec(line) ?? []
    if (stage === '0') entries.set(path, { mode, oid })
  }
  return entries
}
