// Each fault means what exercises rely on, in every schedule; and each meaning is broken by a queue
// that has it wrong.

import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Meaning, meanings } from './testing/meanings.ts'
import { type Mistake, mistakes, plant } from './testing/mistakes.ts'
import { endingsOf } from './testing/story.ts'

for (const { title, endings, ...story } of meanings) {
  test(title, async () => {
    expect(await endingsOf(story)).toEqual(endings)
  })
}

describe('it is noticed when a queue', () => {
  afterEach(() => vi.restoreAllMocks())

  for (const mistake of mistakes) {
    const { title, endings, ...story } = meaningBrokenBy(mistake)
    test(`${mistake.does} (${title})`, async () => {
      plant(mistake)
      expect(await endingsOf(story)).not.toEqual(endings)
    })
  }
})

function meaningBrokenBy({ breaks }: Mistake): Meaning {
  const [found, ...others] = meanings.filter(({ title }) => title.includes(breaks))
  if (found && others.length === 0) return found
  throw new Error(`expected one meaning with the words "${breaks}" in its title`)
}
