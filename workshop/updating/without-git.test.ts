import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { asItCame, Attendee, exercise, type Files, killedAt, stepsOf } from './fixture.ts'
import { resumeUpdate, update } from './update.ts'

const orders = 'exercises/01-clicks/orders.ts'
const work: Files = {
  [orders]: '// mine',
  'exercises/02-async/orders.ts': '// mine, of 02',
  'exercises/03-outbox/notes.md': 'my notes',
  'shared/core.ts': 'mine',
  'shared/mine.ts': 'mine too',
  'notes.md': 'at the top',
}
const newer: Files = {
  'shared/core.ts': 'export const one = 111\n',
  'pnpm-lock.yaml': 'newer\n',
  [orders]: '// a better start\n',
  'exercises/01-clicks/orders.test.ts': '// a better test\n',
  'exercises/02-async': null,
  'exercises/03-outbox': null,
  ...exercise('04-async', 'Sync to async, again'),
}
const expected = {
  ...asItCame,
  'notes.md': 'at the top',
  'pnpm-lock.yaml': 'newer\n',
  'shared/core.ts': 'export const one = 111\n',
  [orders]: '// mine',
  'exercises/01-clicks/orders.test.ts': '// a better test\n',
  ...exercise('04-async', 'Sync to async, again'),
  'exercises/04-async/orders.ts': '// mine, of 02',
}

const inOrder = (files: Record<string, string | null>): ReadonlyMap<string, string | null> =>
  new Map(
    Object.entries(files)
      .filter(([path]) => !/\/(02-async|03-outbox)\//.test(path))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )

async function atWork(): Promise<Attendee> {
  const ann = await Attendee.download()
  await ann.write(work)
  await ann.publish(newer)
  // What somebody unpacks has no history.
  await rm(join(ann.published, '.git'), { recursive: true })
  return ann
}

/** Every byte that the attendee had lies in the folder, or is kept. */
async function expectNothingLost(ann: Attendee): Promise<void> {
  const bytes = new Set([...(await ann.all()).values(), ...(await ann.keptBytes())])
  for (const text of Object.values(work)) expect(bytes).toContain(text)
}

test('a download is updated from a folder, and every edit is in its place or kept', async () => {
  await using ann = await atWork()
  const updated = await update(ann.options({ from: ann.published }))
  expect(await ann.all()).toEqual(inOrder(expected))
  await expectNothingLost(ann)
  expect(updated).toMatchObject({
    kind: 'updated',
    hasNewDependencies: true,
    elsewhere: [],
    exercises: [
      { kind: 'kept-changed', folder: '01-clicks' },
      { kind: 'removed', folder: '03-outbox', touched: ['notes.md'] },
      { kind: 'kept-changed', folder: '04-async', was: '02-async' },
    ],
  })
  expect(await ann.read(`${updated.replacedIn}/shared/core.ts`)).toBe('mine')
  expect(await ann.read(`${updated.replacedIn}/shared/mine.ts`)).toBe('mine too')
  expect(await ann.read(`.workshop/pristine/${orders}`)).toBe(newer[orders])
  expect(await update(ann.options({ from: ann.published }))).toMatchObject({ kind: 'current' })
})

test('the copy of the solutions, by which an edit of one is found, follows', async () => {
  await using ann = await atWork()
  const copy = '.workshop/pristine/solutions/01-clicks/'
  await ann.write({ [`${copy}orders.ts`]: 'as it came', [`${copy}gone.ts`]: 'as it came' })
  const better = join(ann.published, 'solutions', '01-clicks', 'orders.ts')
  await mkdir(dirname(better), { recursive: true })
  await writeFile(better, 'a better solution')
  await update(ann.options({ from: ann.published }))
  expect(await ann.read(`${copy}orders.ts`)).toBe('a better solution')
  expect(await ann.read(`${copy}gone.ts`)).toBeUndefined()
})

test('a kill at any step is mended by the next command, without the stick', async () => {
  await using model = await atWork()
  await using calm = await model.copy()
  const steps = await stepsOf((after) => update(calm.options({ from: calm.published, after })))
  expect(steps.length).toBeGreaterThan(10)
  for (let at = 0; at < steps.length; at += 1) {
    await using ann = await model.copy()
    const before = await ann.all()
    const killed = update(ann.options({ from: ann.published, after: killedAt(at) }))
    await expect(killed, steps[at]).rejects.toThrow('killed')
    await rm(ann.published, { recursive: true })
    const resumed = await resumeUpdate(ann.root)
    expect(await ann.all(), `${at} ${steps[at]}`).toEqual(
      resumed === undefined ? before : inOrder(expected),
    )
    await expectNothingLost(ann)
  }
})

test('without a copy of the start, what differs counts as the attendee’s', async () => {
  await using ann = await atWork()
  await rm(join(ann.root, '.workshop'), { recursive: true })
  await update(ann.options({ from: ann.published }))
  expect(await ann.read(orders)).toBe('// mine')
  await expectNothingLost(ann)
})

test('what was deleted stays so, unless its start has changed', async () => {
  await using ann = await atWork()
  await ann.write({
    'exercises/01-clicks/README.md': null,
    'exercises/01-clicks/orders.test.ts': null,
  })
  await update(ann.options({ from: ann.published }))
  expect(await ann.read('exercises/01-clicks/README.md')).toBeUndefined()
  expect(await ann.read('exercises/01-clicks/orders.test.ts')).toBe('// a better test\n')
})

test('a folder on a stick may hold the workshop one folder below', async () => {
  await using ann = await atWork()
  await cp(ann.published, join(ann.root, '..', 'stick', 'workshop-main'), { recursive: true })
  const from = join(ann.root, '..', 'stick')
  await writeFile(join(from, 'INCOMPLETE'), 'still being made')
  await expect(update(ann.options({ from }))).rejects.toThrow('never finished')
  await rm(join(from, 'INCOMPLETE'))
  await update(ann.options({ from }))
  expect(await ann.all()).toEqual(inOrder(expected))
})

test('a folder that holds no newer version is refused, and nothing changes', async () => {
  await using ann = await atWork()
  const before = await ann.all()
  await expect(update(ann.options())).rejects.toThrow(/--from FOLDER/)
  for (const from of [join(ann.root, 'shared'), ann.root, join(ann.root, 'nowhere')]) {
    await expect(update(ann.options({ from }))).rejects.toThrow(/^expected/)
  }
  expect(await ann.all()).toEqual(before)
})

test('a clone that git cannot read is left alone', async () => {
  await using ann = await atWork()
  await ann.write({ '.git': 'gitdir: /nowhere/at/all\n' })
  const before = await ann.all()
  const refused = update(ann.options({ from: ann.published }))
  await expect(refused).rejects.toThrow(/git to read this clone.*Nothing has changed/s)
  expect(await ann.all()).toEqual(before)
})

test('a clone takes a folder without git as a commit, and its start follows', async () => {
  await using ann = await Attendee.clone()
  await ann.write({ [orders]: '// mine', 'exercises/02-async/orders.ts': '// mine, of 02' })
  await ann.publish(newer)
  await rm(join(ann.published, '.git'), { recursive: true })
  const updated = await update(ann.options({ from: ann.published }))
  expect(updated.exercises).toMatchObject([
    { kind: 'kept-changed', folder: '01-clicks' },
    { kind: 'removed', folder: '03-outbox' },
    { kind: 'kept-changed', folder: '04-async', was: '02-async' },
  ])
  const { 'notes.md': _notes, ...rest } = expected
  expect(await ann.all()).toEqual(inOrder(rest))
  expect(await update(ann.options({ from: ann.published }))).toMatchObject({ kind: 'current' })
})

test('after a stick, what is published later follows as it would have without', async () => {
  await using ann = await Attendee.clone()
  await using stick = await ann.copy()
  await ann.write({ [orders]: '// mine' })
  await stick.publish(newer)
  await rm(join(stick.published, '.git'), { recursive: true })
  await update(ann.options({ from: stick.published }))
  const later = {
    'shared/core.ts': 'export const one = 1111\n',
    'exercises/01-clicks/orders.test.ts': '// a still better test\n',
  }
  await ann.publish({ ...newer, ...later })
  const updated = await update(ann.options())
  expect(updated.exercises).toMatchObject([{ kind: 'kept', folder: '01-clicks' }])
  expect(await ann.read('shared/core.ts')).toBe(later['shared/core.ts'])
  expect(await ann.read('exercises/01-clicks/orders.test.ts')).toBe('// a still better test\n')
  expect(await ann.read(orders)).toBe('// mine')
})

test('a clone takes the commits of a clone on a stick', async () => {
  await using ann = await Attendee.clone()
  await ann.write({ [orders]: '// mine' })
  await ann.publish(newer)
  await ann.git('remote', 'remove', 'origin')
  await update(ann.options({ from: ann.published }))
  expect(await ann.read(orders)).toBe('// mine')
  await ann.git('remote', 'add', 'origin', `file://${ann.published}`)
  await ann.git('fetch', '-q')
  expect(await ann.git('diff', '--name-only', 'HEAD', 'origin/main')).toBe('')
})
