// Which commit of a clone holds the exercises as they came: whatever an attendee commits comes
// after it, and a newer version that was merged is part of it.

import type { Git } from '../git/git.ts'

/** The newer version that `update` merged last. It may come from where no remote points to. */
export const startRef = 'refs/workshop/start'

/** Where this clone left the one it was made from, else its own last commit. */
export async function startCommit(git: Git): Promise<string | undefined> {
  const shared = await git.ask('merge-base', 'HEAD', 'refs/remotes/origin/HEAD')
  const merged = await git.ask('merge-base', 'HEAD', startRef)
  if (shared === undefined || merged === undefined) {
    return merged ?? shared ?? (await git.ask('rev-parse', '--verify', '--quiet', 'HEAD'))
  }
  return (await isAncestor(git, merged, shared)) ? shared : merged
}

/** Whether `commit` is `of`, or one of those before it. */
export const isAncestor = async (git: Git, commit: string, of: string): Promise<boolean> =>
  (await git.run(['merge-base', '--is-ancestor', commit, of])).ok
