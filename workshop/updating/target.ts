// Which commit is the newer version: the upstream of this branch, fetched here and now, a name that
// the attendee gives, or a folder, such as a stick, with or without git in it.

import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { isAncestor, startCommit } from '../catalogue/start-commit.ts'
import { SetupProblem } from '../command.ts'
import type { Git } from '../git/git.ts'
import { importFolder } from './import-folder.ts'

export type Target = {
  readonly commit: string
  /** What it is called: `origin/main`, or the folder. */
  readonly name: string
}

/** Fetches, and changes nothing else. Throws a `SetupProblem` where there is nothing to update
 *  from. */
export async function findTarget(git: Git, from: string | undefined): Promise<Target> {
  if (from !== undefined && (await isFolder(resolve(from)))) return fromFolder(git, resolve(from))
  const ref = from === undefined ? await upstreamOf(git) : await refOf(git, from)
  const remote = await remoteOf(git, ref)
  if (remote !== undefined) await fetchFrom(git, remote)
  const commit = await git.ask('rev-parse', '--verify', '--quiet', `${ref}^{commit}`)
  if (commit === undefined) {
    throw new SetupProblem(
      `expected --from to name a folder, a branch, a tag or a commit, got "${from ?? ref}". ` +
        'Nothing has changed',
    )
  }
  await refuseRewritten(git, ref, commit)
  return { commit, name: ref.replace(/^refs\/(remotes|heads|tags)\//, '') }
}

async function upstreamOf(git: Git): Promise<string> {
  const tracked = await git.ask('rev-parse', '--symbolic-full-name', '@{upstream}')
  const cloned = await git.ask('symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD')
  const main = await git.ask('rev-parse', '--symbolic-full-name', '--verify', 'origin/main')
  const found = [tracked, cloned, main].find(Boolean)
  if (found !== undefined) return found
  throw new SetupProblem(
    'expected this branch to have an upstream to update from, got none. Say where the workshop ' +
      'comes from (git remote add origin URL, then update --from origin/main), or update from a ' +
      'folder: update --from FOLDER',
  )
}

/** `main` may be a branch here; with a remote's name before it, it is theirs. */
async function refOf(git: Git, from: string): Promise<string> {
  const remotes = (await git.ask('remote'))?.split('\n') ?? []
  return remotes.some((remote) => from.startsWith(`${remote}/`)) ? `refs/remotes/${from}` : from
}

async function remoteOf(git: Git, ref: string): Promise<string | undefined> {
  const remotes = (await git.ask('remote'))?.split('\n').filter(Boolean) ?? []
  return remotes.find((remote) => ref.startsWith(`refs/remotes/${remote}/`))
}

async function fetchFrom(git: Git, remote: string): Promise<void> {
  // A network that is there and answers nothing must not hold the attendee up for ever.
  const patience = ['-c', 'http.lowSpeedLimit=1', '-c', 'http.lowSpeedTime=20']
  const hasOwnSsh = process.env['GIT_SSH_COMMAND'] ?? (await git.ask('config', 'core.sshCommand'))
  const env = hasOwnSsh ? {} : { GIT_SSH_COMMAND: 'ssh -o BatchMode=yes -o ConnectTimeout=15' }
  const fetched = await git.run([...patience, 'fetch', '--quiet', '--no-tags', remote], { env })
  if (fetched.ok) return
  throw new SetupProblem(
    `expected to reach ${remote}, got: ${fetched.said || 'no answer'}\n` +
      'Nothing has changed. Try again with a network, or update from a folder: ' +
      'update --from FOLDER',
  )
}

/** A branch whose published commits were replaced by others: to merge it would bring both. */
async function refuseRewritten(git: Git, ref: string, commit: string): Promise<void> {
  if (!ref.startsWith('refs/remotes/')) return
  const fork = await git.ask('merge-base', '--fork-point', ref, 'HEAD')
  if (!fork || (await isAncestor(git, fork, commit))) return
  throw new SetupProblem(
    `expected the newer version on ${ref.replace('refs/remotes/', '')} to follow the one that you ` +
      'have, got one that replaces it: its history was rewritten. Nothing has changed. Clone the ' +
      'workshop anew into another folder, and copy your files from exercises/ there',
  )
}

const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() ?? false

const fetchedRef = 'refs/workshop/fetched'

/** A clone in the folder has the commits themselves; files alone become one. */
async function fromFolder(git: Git, folder: string): Promise<Target> {
  const hasGit = (await isFolder(join(folder, '.git'))) || (await isFolder(join(folder, 'objects')))
  const fetched =
    hasGit && (await git.run(['fetch', '--quiet', '--no-tags', folder, `+HEAD:${fetchedRef}`])).ok
  const commit = fetched ? await git.ask('rev-parse', fetchedRef) : undefined
  const head = await startCommit(git)
  if (head === undefined) throw new SetupProblem('expected a commit in this clone, got none')
  return { commit: commit ?? (await importFolder(git, folder, head)), name: folder }
}
