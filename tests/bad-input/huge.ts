// A message of hostile size. It is no row of `bodies.ts`, because the memory of a process that meets
// it is measured.

import { isDead } from './foreign-sender.ts'
import type { Row } from './sees.ts'

const bytes = 100_000_000

export const hugeBody = (): Buffer => Buffer.alloc(bytes, 'x')

export const hugeRow: Row = {
  given: 'three bodies of 100 MB',
  sees: `TooLarge: expected a body of at most 1048576 bytes, got ${bytes} in AddItem …. Put the data in a store and send its key`,
  becomes: isDead,
}
