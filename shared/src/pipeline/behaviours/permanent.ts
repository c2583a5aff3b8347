// Which failures are for good.

import { InvalidBody } from '../../message/index.ts'
import { TooLarge } from '../../world/index.ts'

/** Whether no retry can mend it, at once or later. */
export const isPermanent = (error: unknown): boolean =>
  error instanceof TooLarge || error instanceof InvalidBody
