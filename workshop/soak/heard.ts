// What the auditor of a soak has heard, as it lies in its file: one message a line.

import { readFileSync } from 'node:fs'
import type { Headers, WireMessage } from '@workshop/shared/message'

export const auditQueue = 'audit'

export type Heard = {
  readonly id: string
  readonly type: string
  readonly headers: Headers
  readonly body: string
}

/** Every copy of every message, in the order in which they came. */
export function heardIn(path: string): readonly WireMessage[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { body, ...rest } = JSON.parse(line) as Heard
      return { ...rest, body: Buffer.from(body) }
    })
}
