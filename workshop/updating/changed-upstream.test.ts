import { expect, test } from 'vitest'
import { noProgress, withExercise } from '../progress/state.ts'
import { ProgressFile } from '../progress/progress-file.ts'
import { startHash } from '../progress/work.ts'
import { acceptStart, changedUpstream } from './changed-upstream.ts'
import { compare, comparedLines } from './compare.ts'
import { contentsBelow, inside } from './files.ts'
import { Attendee, killedAt } from './fixture.ts'
import { startOf } from './plan.ts'
import { resumeUpdate, update } from './update.ts'

const folder = '01-clicks'
const orders = `exercises/${folder}/orders.ts`
const look = { columns: 60 }

/** The exercise as it stands in the working tree. */
const asItStands = async (ann: Attendee) => ({
  folder,
  start: startOf(await contentsBelow(ann.root, 'exercises'), folder),
})

/** The exercise as it was published last. */
const published = async (ann: Attendee) => ({
  folder,
  start: startOf(await contentsBelow(ann.published, 'exercises'), folder),
})

const begunFrom = (start: string) =>
  withExercise(noProgress, 'clicks', (known) => ({ ...known, start }))

test('after a pull by hand, work below which the start has changed is found', async () => {
  await using ann = await Attendee.clone()
  const progress = begunFrom(startHash(await asItStands(ann)))
  await ann.write({ [orders]: '// mine\n' })
  await ann.publish({ [`exercises/${folder}/orders.test.ts`]: '// a better test\n' })
  await ann.git('pull', '-q', '--ff-only')
  const exercise = await published(ann)
  const place = { root: ann.root }
  expect(await changedUpstream([exercise], progress, place)).toEqual([exercise])
  const compared = await compare(ann.root, exercise, progress)
  expect(comparedLines(compared, look).join('\n')).toMatchInlineSnapshot(`
    "--- orders.test.ts, the start you began from
    +++ orders.test.ts, the start as it is now
    @@ -1 +1 @@
    -// Two clicks: its test
    +// a better test
    "
  `)
  const accepted = acceptStart(progress, exercise)
  expect(await changedUpstream([exercise], accepted, place)).toEqual([])
})

test('what nobody has touched, or nobody has begun, is not listed', async () => {
  await using ann = await Attendee.clone()
  const exercise = await asItStands(ann)
  const place = { root: ann.root }
  expect(await changedUpstream([exercise], begunFrom('sha256:another'), place)).toEqual([])
  await ann.write({ [orders]: '// mine\n' })
  expect(await changedUpstream([exercise], noProgress, place)).toEqual([])
  expect(await changedUpstream([exercise], begunFrom(startHash(exercise)), place)).toEqual([])
})

test('even an update that is killed leaves a note of the start that the work began from', async () => {
  await using ann = await Attendee.clone()
  const begun = startHash(await asItStands(ann))
  await ann.write({ [orders]: '// mine\n' })
  await ann.publish({ [orders]: '// a better start\n' })
  await expect(update(ann.options({ after: killedAt('merged') }))).rejects.toThrow('killed')
  expect(await resumeUpdate(ann.root)).toMatchObject({ isDone: true })
  const { progress } = await new ProgressFile(inside(ann.root, '.workshop')).read()
  expect(progress).toMatchObject({ exercises: { clicks: { start: begun } } })
  expect(await compare(ann.root, await published(ann), progress)).toMatchObject({
    kind: 'start',
    files: [{ file: 'orders.ts', b: '// a better start\n' }],
  })
})

test('where nobody knows the old start any more, yours is compared with the new one', async () => {
  await using ann = await Attendee.download()
  const exercise = await asItStands(ann)
  await ann.write({ [orders]: '// mine\n' })
  const compared = await compare(ann.root, exercise, begunFrom('sha256:of-another-clone'))
  expect(compared).toMatchObject({ kind: 'yours', files: [{ file: 'orders.ts', b: '// mine\n' }] })
})
