import { readFile, rm, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { inside } from './files.ts'
import { Attendee, exercise, type Files, killedAt, stepsOf } from './fixture.ts'
import { resumeUpdate, update } from './update.ts'

const orders = 'exercises/01-clicks/orders.ts'
const work: Files = {
  [orders]: '// mine',
  'exercises/02-async/orders.ts': '// mine, of 02',
  'exercises/03-outbox/notes.md': 'my notes',
  'exercises/02-async/orders.test.ts': null,
  'shared/mine.ts': 'mine too',
}
const newer: Files = {
  'shared/core.ts': 'export const one = 111\n',
  'shared/new.ts': 'export const a = 1\n',
  [orders]: '// a better start\n',
  'exercises/01-clicks/README.md': null,
  'exercises/02-async': null,
  'exercises/03-outbox': null,
  ...exercise('04-async', 'Sync to async, again'),
}

async function atWork(): Promise<Attendee> {
  const ann = await Attendee.clone()
  await ann.write({ [orders]: '// staged' })
  await ann.git('add', orders)
  await ann.write(work)
  await ann.publish(newer)
  return ann
}

const seen = async (ann: Attendee): Promise<unknown> => [
  await ann.all(),
  await ann.git('ls-files', '-s'),
]

/** Of what is done several times, the first and the last. */
const ends = (steps: readonly string[]): readonly number[] =>
  [...steps.keys()].filter((at) =>
    [steps.indexOf(steps[at]!), steps.lastIndexOf(steps[at]!)].includes(at),
  )

test('a kill at any step is mended by the next command: all as before, or all done', async () => {
  await using model = await atWork()
  await using calm = await model.copy()
  const before = await seen(calm)
  const steps = await stepsOf((after) => update(calm.options({ after })))
  const done = await seen(calm)
  expect(steps.length).toBeGreaterThan(10)
  const outcomes = new Set<boolean | undefined>()
  for (const at of ends(steps)) {
    await using ann = await model.copy()
    await expect(update(ann.options({ after: killedAt(at) })), steps[at]).rejects.toThrow('killed')
    const resumed = await resumeUpdate(ann.root)
    outcomes.add(resumed?.isDone)
    expect(await seen(ann), `${at} ${steps[at]}`).toEqual(resumed?.isDone === true ? done : before)
    expect(await resumeUpdate(ann.root)).toBeUndefined()
  }
  expect(outcomes).toEqual(new Set([undefined, false, true]))
})

test('a mend that is killed is mended in its turn', async () => {
  await using calm = await atWork()
  await update(calm.options())
  const done = await seen(calm)
  for (const at of ['index taken back', 'merged']) {
    await using ann = await atWork()
    await expect(update(ann.options({ after: killedAt(at) }))).rejects.toThrow('killed')
    for (let again = 0; again < 3; again += 1) {
      await expect(resumeUpdate(ann.root, killedAt(again))).rejects.toThrow('killed')
    }
    await update(ann.options())
    expect(await seen(ann)).toEqual(done)
  }
})

test.each([
  ['before it writes its index', false],
  ['after it has written its index', true],
])(
  'git itself may be ended in the middle, %s',
  async (_name, isIndexed) => {
    await using ann = await atWork()
    const before = await seen(ann)
    await expect(update(ann.options({ after: killedAt('index taken back') }))).rejects.toThrow(
      'killed',
    )
    await ann.write({
      [orders]: newer[orders]!,
      'exercises/01-clicks/README.md': null,
      'shared/new.ts': 'export const ',
      'shared/core.ts': '',
    })
    if (isIndexed) await ann.git('read-tree', 'origin/main')
    expect(await resumeUpdate(ann.root)).toEqual({ isDone: false, elsewhere: [] })
    expect(await seen(ann)).toEqual(before)
  },
  30_000,
)

test('a lock that git left behind is named, and nothing is lost', async () => {
  await using ann = await atWork()
  await expect(update(ann.options({ after: killedAt('taken back') }))).rejects.toThrow('killed')
  const lock = inside(ann.root, '.git/index.lock')
  await writeFile(lock, '')
  await expect(resumeUpdate(ann.root)).rejects.toThrow(/index\.lock/)
  await rm(lock)
  await update(ann.options())
  expect(await ann.read(orders)).toBe('// mine')
})

test('what is written between a kill and its mend is kept beside', async () => {
  await using ann = await atWork()
  await expect(update(ann.options({ after: killedAt('merged') }))).rejects.toThrow('killed')
  await ann.write({ [orders]: 'where is my work?' })
  expect(await resumeUpdate(ann.root)).toEqual({ isDone: true, elsewhere: [orders] })
  expect(await ann.read(orders)).toBe('// mine')
  expect(await ann.read(`.workshop/kept/${orders}`)).toBe('where is my work?')
})

test('a file that is saved while the update runs is left as it was saved', async () => {
  await using ann = await atWork()
  const after = async (step: string): Promise<void> => {
    if (step === 'journal') await ann.write({ [orders]: 'saved this moment' })
  }
  await expect(update(ann.options({ after }))).rejects.toThrow('saved while the update ran')
  expect(await ann.read(orders)).toBe('saved this moment')
  expect(await ann.read('exercises/02-async/orders.ts')).toBe('// mine, of 02')
})

test('a damaged journal is named, and neither it nor the bytes are deleted', async () => {
  await using ann = await atWork()
  await expect(update(ann.options({ after: killedAt('taken back') }))).rejects.toThrow('killed')
  const journal = inside(ann.root, '.workshop/update.json')
  const text = await readFile(journal, 'utf8')
  await writeFile(journal, text.slice(0, 100))
  await expect(update(ann.options())).rejects.toThrow(/\.workshop\/update\/files/)
  await writeFile(journal, text)
  await update(ann.options())
  expect(await ann.read(orders)).toBe('// mine')
})
