// Makes a folder for a stick: the repository as it came, the packages for each system, Node, pnpm,
// a page for the attendee, and checksums. Until the last file is written it is marked as
// incomplete.

import {
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { startCommit } from '../catalogue/start-commit.ts'
import { SetupProblem } from '../command.ts'
import { type Git, openGit } from '../git/git.ts'
import { contentsOf, type Tree, treeOf } from '../git/tree.ts'
import { attendeePage } from './attendee-page.ts'
import { type Sealed, writeChecksums } from './checksums.ts'
import type { BundleFacts, SystemFacts } from './facts.ts'
import { type Fetched, type FetchedPackage, fetchFor } from './fetching.ts'
import type { Pnpm } from './pnpm-program.ts'
import type { System } from './systems.ts'
import { checkTarget, incompleteMark } from './target.ts'

export type BundleOptions = {
  /** The folder of the repository. */
  readonly root: string
  readonly target: string
  readonly systems: readonly System[]
  readonly pnpm: Pnpm
  /** Which commit; without, the one that this clone shares with where it came from. */
  readonly commit?: string | undefined
  /** Is told what is being done, in a few words. */
  readonly say: (words: string) => void
}

export type Bundle = BundleFacts & Sealed & { readonly folder: string }

/** Throws a `SetupProblem` where the folder or the clone is not fit for it. */
export async function makeBundle(options: BundleOptions): Promise<Bundle> {
  const { root, systems, pnpm, say } = options
  const folder = await checkTarget(options.target, { root })
  const { commit, files, tree } = await repositoryOf(root, options.commit)
  await mkdir(folder, { recursive: true })
  const mark = join(folder, incompleteMark)
  await writeFile(mark, 'This bundle is being made, or was never finished. Do not use it.\n')
  say(`the repository, ${files.size} files of ${commit.slice(0, 10)}`)
  await writeRepository(join(folder, 'repository'), { files, tree })
  const nodeVersion = wantedNode(files)
  const fetched: Fetched[] = []
  const scratch = await makeScratch(root)
  try {
    const store = join(scratch, 'store')
    const fetching = { pnpm, scratch, store, nodeVersion, manifests: manifestsOf(files) }
    for (const system of systems) {
      say(`the packages for ${system.name}`)
      fetched.push(await fetchFor(system, fetching))
    }
    refuseUseless(fetched.map(factsOf))
    say('copying them')
    // It holds links to the folders that were installed into.
    await rm(join(store, 'v11', 'projects'), { recursive: true, force: true })
    await moveFolder(store, join(folder, 'store'))
    for (const one of fetched) await copyTools(join(folder, 'systems', one.system.name), one)
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 })
  }
  const facts: BundleFacts = {
    version: 1,
    commit,
    pnpm: pnpm.version,
    nodeVersion,
    systems: fetched.map(factsOf),
  }
  await writeFile(join(folder, 'bundle.json'), `${JSON.stringify(facts, undefined, 2)}\n`)
  await writeFile(join(folder, 'README.md'), attendeePage(facts))
  await cp(join(import.meta.dirname, 'set-up.mjs'), join(folder, 'set-up.mjs'))
  say('the checksums')
  const sealed = await writeChecksums(folder)
  await rm(mark)
  return { ...facts, ...sealed, folder }
}

/** Without a registry there is nothing to put on a stick. */
function refuseUseless(systems: readonly SystemFacts[]): void {
  if (systems.some(({ installs }) => installs)) return
  const lacks = [...new Set(systems.flatMap(({ missing }) => missing))].slice(0, 3).join('; ')
  throw new SetupProblem(
    `expected the registry to have the packages, got: ${lacks}. Make the bundle where npm works`,
  )
}

type Repository = {
  readonly commit: string
  readonly tree: Tree
  readonly files: ReadonlyMap<string, Buffer>
}

/** The files as a commit holds them: no edit of an attendee is among them. */
async function repositoryOf(root: string, wanted: string | undefined): Promise<Repository> {
  const git = await openGit(root)
  if (!git) {
    throw new SetupProblem(
      'expected a clone made with git, got a folder without. A bundle holds the files of a commit',
    )
  }
  const commit = await commitOf(git, wanted)
  const tree = await treeOf(git, commit)
  return { commit, tree, files: await contentsOf(git, tree) }
}

async function commitOf(git: Git, wanted: string | undefined): Promise<string> {
  const name = wanted ?? (await startCommit(git))
  const commit =
    name &&
    (await git.ask('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`))
  if (commit) return commit
  throw new SetupProblem(`expected --commit to name a commit of this clone, got "${name ?? ''}"`)
}

async function writeRepository(
  folder: string,
  { files, tree }: Pick<Repository, 'files' | 'tree'>,
) {
  for (const [path, bytes] of files) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, bytes, { mode: tree.get(path)?.mode === '100755' ? 0o755 : 0o644 })
  }
}

/** What an install reads: the manifests of all packages, the lockfile, the workspace. */
const manifestsOf = (files: Repository['files']): Repository['files'] =>
  new Map(
    [...files].filter(([path]) =>
      /^([\w-]+\/)?package\.json$|^pnpm-(lock|workspace)\.yaml$/.test(path),
    ),
  )

function wantedNode(files: Repository['files']): string {
  const { optionalDependencies }: { optionalDependencies: { node: string } } = JSON.parse(
    files.get('package.json')?.toString('utf8') ?? '{}',
  )
  return optionalDependencies.node
}

async function makeScratch(root: string): Promise<string> {
  const parent = join(root, '.workshop', 'scratch')
  await mkdir(parent, { recursive: true })
  await removeLeft(parent)
  return mkdtemp(join(parent, 'bundle-'))
}

/** No bundle takes that long. */
const leftAfterMs = 3_600_000

/** What one that was stopped has left, which may be a gibibyte. */
async function removeLeft(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const folder = join(parent, name)
    if (!name.startsWith('bundle-') || !(await isOld(folder))) continue
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

const isOld = async (folder: string): Promise<boolean> =>
  Date.now() - (await lstat(folder)).mtimeMs > leftAfterMs

/** Onto a stick it is copied: another file system takes no rename. */
async function moveFolder(from: string, to: string): Promise<void> {
  await rename(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EXDEV') throw error
    return cp(from, to, { recursive: true })
  })
}

/** The program and its licence; Node's headers and manuals stay behind. */
async function copyTools(folder: string, { system, node, pnpm }: Fetched): Promise<void> {
  const program = system.os === 'win32' ? '.exe' : ''
  await copyFiles(node, join(folder, 'node'), ['package.json', 'LICENSE', `bin/node${program}`])
  await copyFiles(pnpm, join(folder, 'pnpm'), ['package.json', 'LICENSE', `pnpm${program}`])
}

async function copyFiles(fetched: FetchedPackage, folder: string, paths: readonly string[]) {
  if ('missing' in fetched) return
  for (const path of paths) {
    // A package may be without a licence of its own, but not without its program.
    const bytes = await readFile(join(fetched.folder, path)).catch(() => undefined)
    if (bytes === undefined && path === 'LICENSE') continue
    if (bytes === undefined) throw new Error(`expected ${path} in ${fetched.folder}, got none`)
    await mkdir(dirname(join(folder, path)), { recursive: true })
    const isProgram = /^(bin\/|pnpm)/.test(path)
    await writeFile(join(folder, path), bytes, { mode: isProgram ? 0o755 : 0o644 })
  }
}

function factsOf({ system, missing, node, pnpm }: Fetched): SystemFacts {
  const program = `systems/${system.name}/node/bin/node${system.os === 'win32' ? '.exe' : ''}`
  const lacks = [node, pnpm].flatMap((one) => ('missing' in one ? [one.missing] : []))
  return {
    name: system.name,
    installs: missing.length === 0 && !('missing' in pnpm),
    node: 'missing' in node ? undefined : { name: system.node, version: node.version, program },
    pnpm: 'missing' in pnpm ? undefined : pnpm.version,
    missing: [...missing, ...lacks],
  }
}
