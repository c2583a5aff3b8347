// What an update still owes the attendee, written down before it touches a file: `.workshop/update.json`
// and, beside it, the bytes. Whoever finds it puts them back; a kill at any point loses nothing.

import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { SetupProblem } from '../command.ts'
import { bytesAt, hashOf, inside, isAlike, writeSafely } from './files.ts'

const entry = z.object({ mode: z.string(), oid: z.string() })

const schema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('git'),
    /** The commits before and after. */
    from: z.string(),
    to: z.string(),
    /** What is an attendee's, by its path from the root; `to` is where it belongs afterwards, null
     *  where that is nowhere, since it is kept under the attempts or is as it came. */
    files: z.array(z.object({ path: z.string(), to: z.string().nullable(), hash: z.string() })),
    /** What git's index held at such a path; null where it held nothing. */
    staged: z.array(
      z.object({ path: z.string(), to: z.string().nullable(), entry: entry.nullable() }),
    ),
    /** What the newer version changes, and the attendee had deleted. */
    missing: z.array(z.string()),
    /** What becomes `refs/workshop/start`. */
    start: z.string(),
  }),
  z.object({
    kind: z.literal('folder'),
    /** Where what is replaced is kept, by its path from the root. */
    kept: z.string(),
    moves: z.array(z.tuple([z.string(), z.string()])),
  }),
])

export type Journal = z.output<typeof schema>
export type GitJournal = Extract<Journal, { kind: 'git' }>
export type FolderJournal = Extract<Journal, { kind: 'folder' }>
export type Owed = GitJournal['files'][number]

const journalPath = '.workshop/update.json'

/** Where an update keeps what it needs until it is done. */
export const updateFolder = '.workshop/update'

/** Where the newer version lies while it is taken over without git. */
export const stagingFolder = `${updateFolder}/new`

export async function readJournal(root: string): Promise<Journal | undefined> {
  const bytes = await bytesAt(inside(root, journalPath))
  if (bytes === undefined) return undefined
  const read = schema.safeParse(parsed(bytes.toString('utf8')))
  if (read.success) return read.data
  throw new SetupProblem(
    `expected ${journalPath} to say what an interrupted update has to put back, got ` +
      `${z.prettifyError(read.error)}. Your files lie in ${updateFolder}/files and under ` +
      `.workshop/attempts: look there for what you miss, then delete ${journalPath}`,
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const writeJournal = (root: string, journal: Journal): Promise<void> =>
  writeSafely(root, journalPath, `${JSON.stringify(journal, null, 1)}\n`)

/** Nothing is owed any more. */
export async function closeJournal(root: string): Promise<void> {
  await rm(inside(root, journalPath), { force: true })
  await rm(inside(root, updateFolder), { recursive: true, force: true, maxRetries: 5 })
}

/** By what they hold: two files with the same bytes need one copy. */
const keptPath = (hash: string): string => `${updateFolder}/files/${hash}`

/** Keeps bytes until the update is done, and makes sure that they are there. */
export async function setAside(root: string, bytes: Buffer): Promise<string> {
  const hash = hashOf(bytes)
  await writeSafely(root, keptPath(hash), bytes)
  await setAsideAs(root, hash)
  return hash
}

/** What was set aside under this hash. */
export async function setAsideAs(root: string, hash: string): Promise<Buffer> {
  const kept = await bytesAt(inside(root, keptPath(hash)))
  if (kept !== undefined && hashOf(kept) === hash) return kept
  throw new Error(`expected ${keptPath(hash)} to hold the bytes of that name, got others`)
}

export type PutBack = {
  readonly hash: string
  readonly to: string
  /** What may stand there and is not the attendee's. */
  readonly ours: readonly (Buffer | undefined)[]
  /** Called before anything else that stands there is overwritten. */
  readonly keep: (path: string, bytes: Buffer) => Promise<void>
}

/** Puts an attendee's bytes where they belong, and reads them again. */
export async function putBack(root: string, { hash, to, ours, keep }: PutBack): Promise<void> {
  const kept = await setAsideAs(root, hash)
  const there = await bytesAt(inside(root, to))
  if (there?.equals(kept)) return
  if (there && !ours.some((one) => isAlike(one, there))) await keep(to, there)
  await writeSafely(root, to, kept)
  const now = await bytesAt(inside(root, to))
  if (!now?.equals(kept)) throw new Error(`expected ${to} to be as it was, got other bytes`)
}

/** Keeps a file under `.workshop/attempts`, beside what an earlier call has kept of it. */
export async function keepBeside(
  root: string,
  folder: string,
  file: { readonly path: string; readonly bytes: Buffer },
): Promise<void> {
  for (let copy = 1; copy <= 100; copy += 1) {
    const path = `${folder}/${file.path}${copy === 1 ? '' : `.${copy}`}`
    const there = await bytesAt(inside(root, path))
    if (there?.equals(file.bytes)) return
    if (there !== undefined) continue
    await writeSafely(root, path, file.bytes)
    return
  }
  throw new Error(
    `expected room for a copy of ${file.path} in ${join(root, folder)}, got 100 others`,
  )
}
