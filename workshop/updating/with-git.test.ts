import { expect, test } from 'vitest'
import { startCommit } from '../catalogue/start-commit.ts'
import { gitIn } from '../git/git.ts'
import { asItCame, Attendee, exercise, type Files, git } from './fixture.ts'
import { resumeUpdate, update } from './update.ts'

const mine = '// mine\r\nexport const orders = [2]'
const orders = 'exercises/01-clicks/orders.ts'
const newer: Files = {
  'shared/core.ts': 'export const one = 1\n\n\n\n\nexport const two = 22\n',
  'exercises/01-clicks/orders.ts': '// a better start\nexport const orders = []\n',
  'exercises/01-clicks/orders.test.ts': '// a better test\n',
  'exercises/02-async/orders.ts': '// a better start of 02\n',
  ...exercise('04-sagas', 'Sagas'),
}

/** By folder: `kept-changed 01-clicks`. */
const listed = (updated: Awaited<ReturnType<typeof update>>): readonly string[] =>
  updated.exercises.map(({ kind, folder }) => `${kind} ${folder}`)

test('an edited file stays as it is, all else follows the newer version', async () => {
  await using ann = await Attendee.clone()
  await ann.write({ [orders]: mine, 'exercises/03-outbox/orders.ts': 'mine too' })
  await ann.publish(newer)
  const updated = await update(ann.options())
  expect(listed(updated)).toEqual([
    'kept-changed 01-clicks',
    'replaced 02-async',
    'kept 03-outbox',
    'new 04-sagas',
  ])
  expect(updated.exercises[0]).toMatchObject({
    title: 'Two clicks',
    touched: ['orders.ts'],
    changed: ['orders.test.ts', 'orders.ts'],
    diffs: [{ file: 'orders.ts', old: asItCame[orders], fresh: newer[orders] }],
  })
  expect(await ann.all()).toEqual(
    new Map(
      Object.entries({
        ...asItCame,
        ...newer,
        [orders]: mine,
        'exercises/03-outbox/orders.ts': 'mine too',
      }).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
  )
  expect(await ann.git('status', '--porcelain')).toBe(
    ` M ${orders}\n M exercises/03-outbox/orders.ts\n`,
  )
  expect(await ann.keptBytes()).toContain(mine)
  expect(await resumeUpdate(ann.root)).toBeUndefined()
})

test('an update that finds nothing newer changes nothing', async () => {
  await using ann = await Attendee.clone()
  await ann.write({ [orders]: mine })
  const before = await ann.all()
  expect(await update(ann.options())).toMatchObject({ kind: 'current', name: 'origin/main' })
  expect(await ann.all()).toEqual(before)
})

test('committed answers stay, and the rest is merged', async () => {
  await using ann = await Attendee.clone()
  await ann.write({
    [orders]: mine,
    'shared/core.ts': 'export const one = 11\n\n\n\n\nexport const two = 2\n',
    'exercises/01-clicks/notes.md': 'my notes',
  })
  await ann.commit()
  await ann.write({ 'exercises/02-async/orders.ts': 'not committed' })
  await ann.publish({ ...newer, 'exercises/01-clicks/notes.md': 'their notes' })
  const updated = await update(ann.options())
  expect(listed(updated).slice(0, 2)).toEqual(['kept-changed 01-clicks', 'kept-changed 02-async'])
  expect(await ann.read(orders)).toBe(mine)
  expect(await ann.read('exercises/01-clicks/notes.md')).toBe('my notes')
  expect(await ann.read('exercises/02-async/orders.ts')).toBe('not committed')
  expect(await ann.read('shared/core.ts')).toBe(
    'export const one = 11\n\n\n\n\nexport const two = 22\n',
  )
  expect(await ann.git('status', '--porcelain')).toBe(' M exercises/02-async/orders.ts\n')
  expect((await ann.git('log', '-1', '--format=%P')).trim().split(' ')).toHaveLength(2)
})

test.each([
  ['committed', true],
  ['uncommitted', false],
])('%s changes of shared/ that overlap are refused by name', async (_name, isCommitted) => {
  await using ann = await Attendee.clone()
  await ann.write({ [orders]: mine, 'shared/core.ts': 'export const one = 1\nall mine\n' })
  if (isCommitted) await ann.commit()
  await ann.publish(newer)
  const [files, state] = [await ann.all(), await ann.gitState()]
  await expect(update(ann.options())).rejects.toThrow(/shared\/core\.ts.*Nothing has changed/s)
  expect(await ann.all()).toEqual(files)
  expect(await ann.gitState()).toBe(state)
})

test('a file of shared/ that has the name of a new one is refused', async () => {
  await using ann = await Attendee.clone()
  await ann.write({ [orders]: mine, 'shared/debug.log': 'ignored, and mine' })
  await ann.publish(newer)
  await git(ann.published, 'config', 'core.excludesFile', '')
  await ann.publish({ '.gitignore': '', 'shared/debug.log': 'theirs' })
  const files = await ann.all()
  await expect(update(ann.options())).rejects.toThrow(/shared\/debug\.log/)
  expect(await ann.all()).toEqual(files)
})

test('what git refuses leaves everything as it was', async () => {
  await using ann = await Attendee.clone()
  await ann.write({ [orders]: mine, 'exercises/01-clicks/parts/a.ts': 'mine' })
  await ann.git('add', orders)
  await ann.write({ [orders]: `${mine} // and more` })
  await ann.publish({ ...newer, 'exercises/01-clicks/parts': 'a file where I have a folder' })
  const [files, state] = [await ann.all(), await ann.gitState()]
  await expect(update(ann.options())).rejects.toThrow(/parts.*Everything is as it was/s)
  expect(await ann.all()).toEqual(files)
  expect(await ann.gitState()).toBe(state)
})

test('what is staged stays staged, and differs from the file as before', async () => {
  await using ann = await Attendee.clone()
  await ann.write({ [orders]: 'staged', 'exercises/04-sagas/orders.ts': 'mine, staged' })
  await ann.git('add', '-A')
  await ann.write({ [orders]: mine })
  await ann.publish(newer)
  await update(ann.options())
  expect(await ann.git('show', `:${orders}`)).toBe('staged')
  expect(await ann.read(orders)).toBe(mine)
  expect(await ann.git('show', ':exercises/04-sagas/orders.ts')).toBe('mine, staged')
  expect(await ann.read('exercises/04-sagas/orders.ts')).toBe('mine, staged')
})

test('files that only the attendee has stay, also under the name of a new one', async () => {
  await using ann = await Attendee.clone()
  await ann.write({
    'exercises/01-clicks/notes.md': 'my notes',
    'exercises/01-clicks/helper.ts': 'mine',
    'exercises/01-clicks/run.log': 'ignored, mine',
  })
  await ann.publish({
    ...newer,
    '.gitignore': '',
    'exercises/01-clicks/helper.ts': 'theirs',
    'exercises/01-clicks/run.log': 'theirs',
  })
  const updated = await update(ann.options())
  expect(updated.exercises[0]).toMatchObject({ kind: 'kept-changed' })
  expect(await ann.read('exercises/01-clicks/notes.md')).toBe('my notes')
  expect(await ann.read('exercises/01-clicks/helper.ts')).toBe('mine')
  expect(await ann.read('exercises/01-clicks/run.log')).toBe('ignored, mine')
  expect(await ann.read(orders)).toBe(newer[orders])
})

test('an exercise that is removed is kept under the attempts, whole', async () => {
  await using ann = await Attendee.clone()
  await ann.write({
    [orders]: mine,
    'exercises/01-clicks/notes.md': 'my notes',
    // No attempt keeps what the system writes.
    'exercises/01-clicks/.DS_Store': 'folded',
  })
  await ann.publish({ 'exercises/01-clicks': null })
  const updated = await update(ann.options())
  expect(updated.exercises).toMatchObject([{ kind: 'removed', folder: '01-clicks' }])
  expect([...(await ann.all()).keys()].filter((path) => path.includes('01-clicks'))).toEqual([])
  const kept = await ann.keptBytes()
  for (const bytes of [
    mine,
    'my notes',
    'folded',
    asItCame['exercises/01-clicks/orders.test.ts'],
  ]) {
    expect(kept).toContain(bytes)
  }
})

test.each([
  ['committed', true],
  ['uncommitted', false],
])('%s answers move along when an exercise gets another number', async (_name, isCommitted) => {
  await using ann = await Attendee.clone()
  await ann.write({ [orders]: mine, 'exercises/01-clicks/notes.md': 'my notes' })
  if (isCommitted) await ann.commit()
  await ann.publish({ 'exercises/01-clicks': null, ...exercise('05-clicks', 'Two clicks, again') })
  const updated = await update(ann.options())
  expect(updated.exercises).toMatchObject([
    { kind: 'kept-changed', folder: '05-clicks', was: '01-clicks' },
  ])
  const here = await ann.all()
  expect([...here.keys()].filter((path) => path.includes('01-clicks'))).toEqual([])
  expect(here.get('exercises/05-clicks/orders.ts')).toBe(mine)
  expect(here.get('exercises/05-clicks/notes.md')).toBe('my notes')
  expect(here.get('exercises/05-clicks/README.md')).toContain('again')
})

test('a clone with CRLF line ends keeps edits, and only edits', async () => {
  await using ann = await Attendee.clone('-c', 'core.autocrlf=true')
  expect(await ann.read(orders)).toContain('\r\n')
  await ann.write({ [orders]: mine })
  await ann.publish(newer)
  const updated = await update(ann.options())
  expect(listed(updated)).toEqual(['kept-changed 01-clicks', 'replaced 02-async', 'new 04-sagas'])
  expect(await ann.read(orders)).toBe(mine)
  expect(await ann.read('exercises/02-async/orders.ts')).toBe('// a better start of 02\r\n')
  expect(await ann.git('status', '--porcelain')).toBe(` M ${orders}\n`)
})

test('an editor that has only changed the line ends has not touched the exercise', async () => {
  await using ann = await Attendee.clone()
  await ann.write({ [orders]: asItCame[orders]!.replaceAll('\n', '\r\n') })
  await ann.publish(newer)
  expect(listed(await update(ann.options()))[0]).toBe('replaced 01-clicks')
  expect(await ann.read(orders)).toBe(newer[orders])
})

test('shallow clones and a HEAD without a branch are updated too', async () => {
  await using ann = await Attendee.clone('--depth', '1')
  await ann.git('checkout', '-q', '--detach')
  await ann.write({ [orders]: mine })
  await ann.publish(newer)
  expect(await update(ann.options())).toMatchObject({ kind: 'updated', name: 'origin/main' })
  expect(await ann.read(orders)).toBe(mine)
  expect(await ann.read('exercises/02-async/orders.ts')).toBe(newer['exercises/02-async/orders.ts'])
})

test('a branch of one’s own follows what the clone was made from', async () => {
  await using ann = await Attendee.clone()
  await ann.git('checkout', '-q', '-b', 'mine')
  await ann.write({ [orders]: mine })
  await ann.commit()
  await ann.publish(newer)
  expect(await update(ann.options())).toMatchObject({ kind: 'updated' })
  expect(await ann.read(orders)).toBe(mine)
  expect((await ann.git('branch', '--show-current')).trim()).toBe('mine')
})

test('without an upstream it says what to do', async () => {
  await using ann = await Attendee.clone()
  await ann.git('remote', 'rename', 'origin', 'elsewhere')
  await ann.git('checkout', '-q', '-b', 'mine', '--no-track')
  await expect(update(ann.options())).rejects.toThrow(/git remote add origin/)
  await ann.publish(newer)
  const updated = await update(ann.options({ from: 'elsewhere/main' }))
  expect(updated).toMatchObject({ kind: 'updated', name: 'elsewhere/main' })
})

test('the start follows, wherever the newer version came from', async () => {
  await using ann = await Attendee.clone()
  await ann.git('remote', 'add', 'theirs', `file://${ann.published}`)
  await ann.git('remote', 'set-url', 'origin', `file://${ann.root}`)
  await ann.write({ [orders]: mine })
  await ann.commit()
  await ann.publish(newer)
  await update(ann.options({ from: 'theirs/main' }))
  const start = await startCommit(gitIn(ann.root))
  expect(`${start}\n`).toBe(await git(ann.published, 'rev-parse', 'HEAD'))
})

test('without a network nothing changes, and it says so', async () => {
  await using ann = await Attendee.clone()
  await ann.write({ [orders]: mine })
  await ann.git('remote', 'set-url', 'origin', `file://${ann.published}-gone`)
  const [files, state] = [await ann.all(), await ann.gitState()]
  await expect(update(ann.options())).rejects.toThrow(/to reach origin.*Nothing has changed/s)
  expect(await ann.all()).toEqual(files)
  expect(await ann.gitState()).toBe(state)
})

test('an attendee who has git stash on merges sees no stash', async () => {
  await using ann = await Attendee.clone('-c', 'merge.autoStash=true')
  await ann.write({ [orders]: mine, 'shared/other.ts': 'mine' })
  await ann.publish(newer)
  await update(ann.options())
  expect(await ann.git('stash', 'list')).toBe('')
  expect(await ann.git('reflog')).not.toContain('autostash')
})
