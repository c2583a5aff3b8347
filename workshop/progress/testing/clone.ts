// A clone with one exercise in a temporary folder, with a space and a letter beyond ASCII in its
// name, and a clock that stands still until it is told. For tests only.

import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative, sep } from 'node:path'
import { isTemporary } from '../disk.ts'
import { type Disk, realDisk } from '../place.ts'

export const asItCame: Readonly<Record<string, string>> = {
  'README.md': '# Outbox\n',
  'orders.ts': 'export const orders = 1\n',
  'orders.test.ts': 'test it\n',
  'sub/deep.ts': 'export const deep = 1\n',
}

export const solved: Readonly<Record<string, string>> = {
  'orders.ts': 'export const orders = 2\n',
  'extra.ts': 'export const extra = 2\n',
}

export class Clone implements AsyncDisposable {
  readonly root: string
  readonly exercise = {
    folder: '13-outbox',
    start: new Map(Object.entries(asItCame)),
    solution: new Map(Object.entries(solved)),
  }
  at = new Date(2026, 10, 21, 14, 8, 33)
  disk: Disk = realDisk

  private constructor(root: string) {
    this.root = root
  }

  static async make(): Promise<Clone> {
    const clone = new Clone(await mkdtemp(join(tmpdir(), 'a clone of Zoë ')))
    for (const [path, text] of Object.entries(asItCame)) await clone.put(path, text)
    for (const [path, text] of Object.entries(solved)) {
      await clone.putAt(`solutions/13-outbox/${path}`, text)
    }
    return clone
  }

  readonly now = (): Date => this.at

  get workshop(): string {
    return join(this.root, '.workshop')
  }

  get folder(): string {
    return join(this.root, 'exercises', this.exercise.folder)
  }

  /** Writes a file of the exercise. */
  async put(path: string, content: string | Uint8Array): Promise<void> {
    await this.putAt(`exercises/13-outbox/${path}`, content)
  }

  async putAt(path: string, content: string | Uint8Array): Promise<void> {
    await mkdir(dirname(join(this.root, path)), { recursive: true })
    await writeFile(join(this.root, path), content)
  }

  async delete(path: string): Promise<void> {
    await rm(join(this.folder, path), { recursive: true, force: true })
  }

  /** The exercise's files, without ours on their way: their bytes as latin1, by path. */
  async files(): Promise<Record<string, string>> {
    const files = Object.entries(await filesIn(this.folder))
    return Object.fromEntries(files.filter(([path]) => !isTemporary(basename(path))))
  }

  /** The exercise's files, and everything that has been kept. */
  async everything(): Promise<ReadonlySet<string>> {
    const kept = await filesIn(join(this.workshop, 'attempts'))
    return new Set([...Object.values(kept), ...Object.values(await this.files())])
  }

  async read(path: string): Promise<string> {
    return readFile(join(this.folder, path), 'utf8')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.root, { recursive: true, force: true })
  }
}

export async function filesIn(folder: string): Promise<Record<string, string>> {
  if (!existsSync(folder)) return {}
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const pairs = await Promise.all(
    files.map(async (entry) => {
      const path = join(entry.parentPath, entry.name)
      return [relative(folder, path).split(sep).join('/'), await readFile(path, 'latin1')] as const
    }),
  )
  return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)))
}
