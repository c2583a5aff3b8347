import { expect, test } from 'vitest'
import { Attendee, type Files, git } from './fixture.ts'
import { update } from './update.ts'

const mine = '// mine'
const orders = 'exercises/01-clicks/orders.ts'
const newer: Files = {
  'shared/core.ts': 'export const one = 1\n\n\n\n\nexport const two = 22\n',
  [orders]: '// a better start\nexport const orders = []\n',
}

test('a rewritten upstream is refused, and nothing changes', async () => {
  await using ann = await Attendee.clone()
  await ann.publish({ 'shared/more.ts': 'a version that is taken back later' })
  await ann.git('pull', '-q', '--ff-only')
  await ann.write({ [orders]: mine })
  await git(ann.published, 'commit', '-q', '--amend', '-m', 'another history')
  await ann.publish(newer)
  const [files, state] = [await ann.all(), await ann.gitState()]
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    await expect(update(ann.options())).rejects.toThrow(/was rewritten. Nothing has changed/)
  }
  expect(await ann.all()).toEqual(files)
  expect(await ann.gitState()).toBe(state)
})

test('a merge that is half done is left alone', async () => {
  await using ann = await Attendee.clone()
  await ann.write({ [orders]: mine })
  await ann.commit()
  await ann.publish(newer)
  await ann.git('fetch', '-q')
  await expect(ann.git('merge', 'origin/main')).rejects.toThrow('expected git')
  const [files, state] = [await ann.all(), await ann.gitState()]
  await expect(update(ann.options())).rejects.toThrow(/a merge is under way/)
  expect(await ann.all()).toEqual(files)
  expect(await ann.gitState()).toBe(state)
})
