// Folders and files that a process may read, and not write. They are opened by a process of its
// own, which gives up what the administrator may do: nothing is forbidden to that one.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { sqliteBroker } from '@workshop/shared/broker'
import { sqliteStore } from '@workshop/shared/store'
import type { ScenarioRow } from './scenario.ts'

const program = new URL('opening-process.ts', import.meta.url)

/** What a process without rights says when it opens a broker and a store there. */
async function sentenceIn(directory: string): Promise<string> {
  await chmod(join(directory, '..'), 0o755)
  const child = fork(program, [directory], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    timeout: 20_000,
  })
  const exited = once(child, 'exit')
  let sentence = 'no word'
  child.on('message', (said: string) => (sentence = said))
  const [code] = (await exited) as [number | null]
  return code === 0 ? sentence : `the process ended with ${String(code)}`
}

const becomes = 'the process goes on, and the file stays as it is'
const advice = 'Choose another file, or move this one away to begin with an empty one'
const notOpened = (why: string): string =>
  `Error: expected … to be a SQLite file that this process may write, got: ${why}. ${advice}`

export const permissions: readonly ScenarioRow[] = [
  {
    given: 'a folder that the process may not write',
    sees: notOpened('unable to open database file'),
    becomes,
    run: async (directory) => {
      const closed = join(directory, 'closed')
      await mkdir(closed, { mode: 0o555 })
      return sentenceIn(closed)
    },
  },
  {
    given: 'a folder that cannot be made',
    sees: notOpened("EACCES: permission denied, mkdir '…'"),
    becomes,
    run: async (directory) => {
      await mkdir(join(directory, 'closed'), { mode: 0o555 })
      return sentenceIn(join(directory, 'closed/shop'))
    },
  },
  {
    given: 'a file that the process may only read',
    sees: notOpened('attempt to write a readonly database'),
    becomes,
    run: async (directory) => {
      const shop = join(directory, 'shop')
      await sqliteBroker({ directory: shop }).close()
      await sqliteStore({ directory: shop }).close()
      await chmod(join(shop, 'broker.sqlite'), 0o444)
      await chmod(join(shop, 'store.sqlite'), 0o444)
      return sentenceIn(shop)
    },
  },
]
