// What a commit holds, as bytes: its files by path, and the contents of many of them in one go.

import type { Git } from './git.ts'

export type Blob = { readonly mode: string; readonly oid: string }

/** By their path from the root, with `/` on every system. */
export type Tree = ReadonlyMap<string, Blob>

/** The files that `commit` holds, below `folder` if one is given. Links and modules are left out. */
export async function treeOf(git: Git, commit: string, folder?: string): Promise<Tree> {
  const below = folder === undefined ? [] : ['--', folder]
  const listed = await git.must(['ls-tree', '-r', '-z', '--full-tree', commit, ...below])
  const tree = new Map<string, Blob>()
  for (const entry of listed.toString('utf8').split('\0').filter(Boolean)) {
    const [, mode = '', oid = '', path = ''] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? []
    if (mode.startsWith('100')) tree.set(path, { mode, oid })
  }
  return tree
}

/** The files of a tree with their contents. */
export async function contentsOf(git: Git, tree: Tree): Promise<ReadonlyMap<string, Buffer>> {
  const oids = [...new Set([...tree.values()].map(({ oid }) => oid))]
  const input = oids.map((oid) => `${oid}\n`).join('')
  const out = await git.must(['cat-file', '--batch'], { input })
  const blobs = new Map<string, Buffer>()
  let at = 0
  for (const oid of oids) {
    const end = out.indexOf('\n', at)
    const size = Number(out.subarray(at, end).toString().split(' ')[2])
    if (!Number.isInteger(size)) throw new Error(`expected git to hold ${oid}, got nothing`)
    blobs.set(oid, Buffer.from(out.subarray(end + 1, end + 1 + size)))
    at = end + 1 + size + 1
  }
  return new Map([...tree].map(([path, { oid }]) => [path, blobs.get(oid) ?? Buffer.alloc(0)]))
}

/** A file of a commit as a checkout would write it here, with the line ends of this clone. */
export const checkedOut = (git: Git, commit: string, path: string): Promise<Buffer> =>
  git.must(['cat-file', '--filters', `${commit}:${path}`])

/** The paths whose contents or modes differ between two commits, renames as two. */
export async function changedPaths(git: Git, from: string, to: string): Promise<readonly string[]> {
  const args = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', from, to]
  return (await git.must(args)).toString('utf8').split('\0').filter(Boolean)
}
