import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SetupProblem } from '../command.ts'
import { asItCame, Attendee, exercise, type Files, killedAt } from './fixture.ts'
import { resumeUpdate, update } from './update.ts'

const paths = [
  ...Object.keys(asItCame).filter((path) => path.startsWith('exercises/')),
  'exercises/01-clicks/notes.md',
  'exercises/02-async/parts/a.ts',
  'exercises/04-sagas/orders.ts',
  'shared/core.ts',
]

/** What one side does to some files: other bytes, CRLF, or gone. */
const edits = (side: string): fc.Arbitrary<Files> =>
  fc
    .uniqueArray(
      fc.tuple(
        fc.constantFrom(...paths),
        fc.oneof(
          fc.nat(3).map((version) => `// ${side} ${version}\nline\n`),
          fc.constant('both the same\n'),
          fc.constant('CRLF'),
          fc.constant(null),
        ),
      ),
      { selector: ([path]) => path, maxLength: 5 },
    )
    .map((made) =>
      Object.fromEntries(
        made.map(([path, text]) => [
          path,
          text === 'CRLF' ? (asItCame[path] ?? 'a\n').replaceAll('\n', '\r\n') : text,
        ]),
      ),
    )

const scenario = fc.record({
  committed: edits('mine'),
  staged: edits('staged'),
  edited: edits('edited'),
  theirs: edits('theirs'),
  becomes: fc.constantFrom<Files>(
    {},
    exercise('04-sagas', 'Sagas'),
    { 'exercises/02-async': null },
    { 'exercises/01-clicks': null, ...exercise('05-clicks', 'Two clicks') },
  ),
  killed: fc.option(fc.nat(16)),
  killedAgain: fc.option(fc.nat(8)),
})

/** Runs an update to its end, however often it is killed. False where it was refused. */
async function updated(
  ann: Attendee,
  kills: { readonly killed: number | null; readonly killedAgain: number | null },
  from: { readonly from?: string },
): Promise<boolean> {
  const run = async (work: () => Promise<unknown>): Promise<'ended' | 'killed' | 'refused'> => {
    try {
      await work()
      return 'ended'
    } catch (error) {
      if (error instanceof SetupProblem) return 'refused'
      if (error instanceof Error && error.message === 'killed') return 'killed'
      throw error
    }
  }
  const after = killedAt(kills.killed ?? Infinity)
  const first = await run(() => update(ann.options({ ...from, after })))
  if (first !== 'killed') return first === 'ended'
  await run(() => resumeUpdate(ann.root, killedAt(kills.killedAgain ?? Infinity)))
  return (await run(() => update(ann.options(from)))) === 'ended'
}

const folderOf = (path: string): string => path.split('/').slice(0, 2).join('/')

/** What an attendee had and has no more; what moved although it need not; what a refusal
 *  changed. */
async function lostIn(
  ann: Attendee,
  before: ReadonlyMap<string, string>,
  isDone: boolean,
): Promise<readonly string[]> {
  const now = await ann.all()
  if (!isDone) return sameFiles(now, before) ? [] : ['an update that was refused changed files']
  const bytes = new Set([...now.values(), ...(await ann.keptBytes())].map(plain))
  const known = new Set(
    [...Object.values(asItCame), 'both the same\n'].map((one) => plain(one ?? '')),
  )
  const folders = new Set([...now.keys()].map(folderOf))
  const mine = [...before].filter(([, text]) => !known.has(plain(text)))
  return mine.flatMap(([path, text]) => {
    if (!bytes.has(plain(text))) return [`${path} is lost`]
    const stays = path.startsWith('exercises/') && folders.has(folderOf(path))
    const isTheirs = text.startsWith('// theirs')
    return stays && !isTheirs && now.get(path) !== text ? [`${path} has not stayed`] : []
  })
}

const sameFiles = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean =>
  a.size === b.size && [...a].every(([path, text]) => b.get(path) === text)

const plain = (text: string): string => text.replaceAll('\r\n', '\n')

test('no byte of an attendee is lost in a clone, whatever both sides did', async () => {
  await using model = await Attendee.clone()
  await fc.assert(
    fc.asyncProperty(scenario, async ({ committed, staged, edited, theirs, becomes, ...kills }) => {
      await using ann = await model.copy()
      await ann.git('remote', 'set-url', 'origin', `file://${ann.published}`)
      if (Object.keys(committed).length > 0) {
        await ann.write(committed)
        await ann.commit()
      }
      await ann.write(staged)
      await ann.git('add', '-A')
      await ann.write(edited)
      await ann.publish({ ...theirs, ...becomes })
      const before = await ann.all()
      const index = await ann.gitState()
      const isDone = await updated(ann, kills, {})
      expect(await lostIn(ann, before, isDone)).toEqual([])
      expect(isDone || (await ann.gitState()) === index).toBe(true)
      expect(await resumeUpdate(ann.root)).toBeUndefined()
    }),
    { numRuns: 12, seed: 7 },
  )
})

test('no byte of an attendee is lost in a download, whatever both sides did', async () => {
  await using model = await Attendee.download()
  await fc.assert(
    fc.asyncProperty(scenario, async ({ edited, committed, theirs, becomes, ...kills }) => {
      await using ann = await model.copy()
      await ann.write({ ...committed, ...edited })
      await ann.publish({ ...theirs, ...becomes })
      await rm(join(ann.published, '.git'), { recursive: true })
      const before = await ann.all()
      const isDone = await updated(ann, kills, { from: ann.published })
      expect(await lostIn(ann, before, isDone)).toEqual([])
      expect(await resumeUpdate(ann.root)).toBeUndefined()
    }),
    { numRuns: 12, seed: 7 },
  )
})
