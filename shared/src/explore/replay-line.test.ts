import { afterEach, expect, test } from 'vitest'
import { asAskedFor, replayLine, widerVariable } from './replay-line.ts'
import type { Specification } from './specification.ts'

afterEach(() => {
  delete process.env[widerVariable]
})

const specification: Specification = { faults: { crashes: 1, refused: 0 }, finally: () => [] }
const stack = 'at /somewhere/exercises/03-cart/cart.test.ts:7:3'

test('a specification is as it says, unless wider bounds are asked for', () => {
  expect(asAskedFor(specification)).toBe(specification)
  expect(replayLine('k9-4.2x3', stack)).toBe(
    'npx -y pnpm@12 workshop replay 03 --schedule k9-4.2x3',
  )
})

test('wider bounds are one fault more of each kind that it has, and the replay asks for them too', () => {
  process.env[widerVariable] = '1'
  expect(asAskedFor(specification).faults).toEqual({ crashes: 2, refused: 0 })
  expect(asAskedFor({ finally: specification.finally }).faults).toBeUndefined()
  expect(replayLine('k9-4.2x3', stack)).toMatch(/ --schedule k9-4\.2x3 --wider$/)
})
