// What a process of the tests runs: it does to a database file what it is told over IPC, one order
// after the other, and is killed in the end.

import Sqlite from 'better-sqlite3'
import { openDatabase } from '../database.ts'
import type { Order } from './processes.ts'

let holder: Sqlite.Database | undefined

function lock(file: string): void {
  holder = new Sqlite(file, { timeout: 5000 })
  holder.exec('begin immediate')
}

const schema = `
  create table if not exists one (id integer primary key, value text);
  create table if not exists two (id integer primary key, value text);
  create index if not exists two_value on two (value);
`

function obey(order: Order): void {
  if (order.kind === 'open') openDatabase({ file: order.file, schema }).close()
  if (order.kind === 'lock') lock(order.file)
  if (order.kind === 'unlock') holder?.close()
}

process.on('message', (order: Order) => {
  try {
    obey(order)
    process.send?.('ok')
  } catch (error) {
    process.send?.(String(error))
  }
})
process.send?.('ready')
