// What a mob might forget to hand over: files in `exercises/` that are not committed. Git is only
// asked, and not even its index is refreshed.

import { openGit } from '../git/git.ts'

/** Their paths from `folder`, in order; none where there is no git. */
export async function uncommittedFiles(folder: string): Promise<readonly string[]> {
  const git = await openGit(folder)
  if (!git) return []
  const asked = ['--no-optional-locks', 'status', '--porcelain', '-z', '--no-renames']
  const { ok, out } = await git.run([...asked, '--untracked-files=all', '--', 'exercises'])
  if (!ok) return []
  return out
    .toString('utf8')
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => line.slice('XY '.length))
    .toSorted()
}
