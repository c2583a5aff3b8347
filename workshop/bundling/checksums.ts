// The checksums of a bundle: one line for each file, in the format of `sha256sum`. A file that differs,
// is missing or was added is named; a link is never followed.

import { createHash, hash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { lstat, readdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { incompleteMark } from './target.ts'

export const checksumsFile = 'checksums.txt'

export type Sealed = {
  readonly files: number
  readonly bytes: number
  /** Twelve digits of the checksum of the checksums: two bundles with the same are the same. */
  readonly seal: string
}

/** Writes the checksums of all files in `folder`. Throws at what is neither file nor folder. */
export async function writeChecksums(folder: string): Promise<Sealed> {
  const files = await inBatches(await pathsBelow(folder), async (path) => {
    const file = join(folder, path)
    const found = await lstat(file)
    if (!found.isFile()) throw new Error(`expected only files in a bundle, got a link: ${path}`)
    return { bytes: found.size, line: `${await digestOf(file)}  ${path}\n` }
  })
  const text = files.map(({ line }) => line).join('')
  await writeFile(join(folder, checksumsFile), text)
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  return { files: files.length, bytes, seal: sealOf(text) }
}

export type Verified = { readonly problems: readonly string[]; readonly seal: string | undefined }

/** What is wrong with the bundle in `folder`; nothing, where it is as it was made. */
export async function verifyChecksums(folder: string): Promise<Verified> {
  const text = await readFile(join(folder, checksumsFile), 'utf8').catch(() => undefined)
  const isUnfinished = existsSync(join(folder, incompleteMark))
  if (isUnfinished || text === undefined) {
    const problem = isUnfinished ? 'was not finished' : `has no ${checksumsFile}`
    return { problems: [`the bundle ${problem}: make it again`], seal: undefined }
  }
  const expected = new Map(
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  )
  const paths = await pathsBelow(folder)
  const found = await inBatches(paths, async (path) => {
    const digest = expected.get(path)
    const file = join(folder, path)
    if (digest === undefined) return [`was added: ${path}`]
    if (!(await lstat(file)).isFile()) return [`is no file any more: ${path}`]
    return (await digestOf(file)) === digest ? [] : [`differs: ${path}`]
  })
  const here = new Set(paths)
  const gone = [...expected.keys()].filter((path) => !here.has(path))
  const problems = [...found.flat(), ...gone.map((path) => `is missing: ${path}`)]
  return { problems, seal: sealOf(text) }
}

const sealOf = (text: string): string => hash('sha256', text).slice(0, 12)

/** All that is no folder, by its path with `/`, in a fixed order. */
async function pathsBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== checksumsFile && path !== incompleteMark)
    .toSorted()
}

/** As many files as are read at once: a stick has thousands of small ones. */
const batch = 32

async function inBatches<T, U>(
  all: readonly T[],
  work: (one: T) => Promise<U>,
): Promise<readonly U[]> {
  const done: U[] = []
  for (let at = 0; at < all.length; at += batch) {
    done.push(...(await Promise.all(all.slice(at, at + batch).map(work))))
  }
  return done
}

async function digestOf(file: string): Promise<string> {
  const digest = createHash('sha256')
  await pipeline(createReadStream(file), digest)
  return digest.digest('hex')
}
