// A process of the tests without rights: it opens a broker and a store in a folder, and says what
// it sees. It has to end by itself, and well.

import { sqliteBroker } from '@workshop/shared/broker'
import { sqliteStore } from '@workshop/shared/store'
import Sqlite from 'better-sqlite3'
import { sentenceOf } from './sees.ts'

const [directory = ''] = process.argv.slice(2)
const nobody = 65_534
// Loads the library while it still may.
new Sqlite(':memory:').close()
if (process.geteuid?.() === 0) {
  process.setegid?.(nobody)
  process.seteuid?.(nobody)
}

function sentence(open: () => unknown): string {
  try {
    open()
    return 'nothing'
  } catch (error) {
    return sentenceOf(error)
  }
}

const seen = [() => sqliteBroker({ directory }), () => sqliteStore({ directory })].map(sentence)
const [first = '', second = ''] = seen.map((text) =>
  text.replaceAll(/(broker|store)\.sqlite/g, '_'),
)
process.send?.(first === second ? first : seen.join(' | '))
process.disconnect()
