// A sender that is not ours: it writes into the embedded broker's file whatever it likes.

import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Row } from './sees.ts'

export type ForeignMessage = {
  readonly id?: string
  readonly type?: string
  /** The text that stands where JSON is expected. */
  readonly headers?: string
  readonly body?: Buffer
  readonly hasNoContent?: true
}

export type MessageRow = Row & {
  readonly message: () => ForeignMessage
  readonly isHandled?: true
}

export const isDead = 'a dead letter with its bytes; its neighbours are handled'

/** A message of this id is as it should be, unless told otherwise. */
export function sendAsForeigner(
  directory: string,
  messages: readonly (readonly [id: string, message: ForeignMessage])[],
): void {
  const file = new Sqlite(join(directory, 'broker.sqlite'), { timeout: 5000 })
  try {
    const add = file.prepare<[string]>('insert into message (queue) values (?)')
    const fill = file.prepare('insert into content values (?, ?, ?, ?, ?)')
    const addAll = file.transaction(() => {
      for (const [name, message] of messages) {
        const { lastInsertRowid } = add.run('orders')
        if (message.hasNoContent) continue
        const { id = name, type = 'AddItem', headers = '{}', body = goodBody } = message
        fill.run(lastInsertRowid, id, type, headers, body)
      }
    })
    addAll.immediate()
  } finally {
    file.close()
  }
}

export const goodBody = Buffer.from('{"orderId":"order-1","item":"bell"}')
