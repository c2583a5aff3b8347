// What is said of a write, or a read, that could not be kept.

import { Unavailable, Unknown } from '../world/index.ts'

export const closed = (): Unavailable =>
  new Unavailable('expected an open database, got a closed one')

export const lostOn = (error: unknown): Unavailable =>
  new Unavailable(
    `expected a disk that keeps what it is given, got: ${String(error)}. Look at the disk, and open ` +
      'the file again',
    { cause: error },
  )

/** The commit itself has failed: nobody knows whether it is there. */
export const unknownAfter = (error: unknown): Unknown =>
  new Unknown(
    `expected the commit to reach the disk, got: ${String(error)}. Look whether it is there ` +
      'before you repeat it',
    { cause: error },
  )
