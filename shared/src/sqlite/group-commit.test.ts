// What becomes of the writes of one transaction: each by itself, and all of them where the disk or
// another process stands in the way.

import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { Unavailable, Unknown } from '../world/index.ts'
import { type Database, openDatabase } from './database.ts'
import { GroupCommit, type GroupCommitOptions } from './group-commit.ts'
import { testDirectory } from './testing/directory.ts'
import { startProcess } from './testing/processes.ts'

const schema = `
  create table if not exists item (name text primary key, size text);
  create table if not exists wheel (item text references item deferrable initially deferred);
`

type Setting = AsyncDisposable & {
  readonly file: string
  readonly database: Database
  readonly group: GroupCommit
  save(name: string, size?: number): Promise<string>
  /** The names that another connection sees: what is committed, and nothing else. */
  committed(): readonly string[]
}

async function setting(options: GroupCommitOptions = {}): Promise<Setting> {
  const own = await testDirectory()
  const file = join(own.directory, 'test.sqlite')
  const database = openDatabase({ file, schema })
  const group = new GroupCommit(database, options)
  const observer = new Sqlite(file)
  const insert = database.prepare('insert into item values (?, ?)')
  const names = observer.prepare<[], string>('select name from item order by rowid').pluck()
  return {
    file,
    database,
    group,
    save: (name, size = 1) =>
      group.run(() => {
        insert.run(name, 'x'.repeat(size))
        return name
      }),
    committed: () => names.all(),
    [Symbol.asyncDispose]: async () => {
      await group.close()
      database.close()
      observer.close()
      await own[Symbol.asyncDispose]()
    },
  }
}

const many = (count: number): string[] => Array.from({ length: count }, (_, i) => `item-${i}`)

const refused = (outcomes: readonly PromiseSettledResult<unknown>[]): unknown[] =>
  outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('the writes of one turn', () => {
  test('settle only after the commit, and share it up to a bound', async () => {
    await using own = await setting()
    const names = many(130)
    const seen = new Set<number>()
    await Promise.all(
      names.map(async (name) => {
        await own.save(name)
        const committed = own.committed()
        expect(committed).toContain(name)
        seen.add(committed.length)
      }),
    )
    expect([...seen]).toEqual([64, 128, 130])
  })

  test('undo themselves and nothing else when they fail', async () => {
    await using own = await setting()
    const failing = own.group.run(() => {
      own.database.exec("insert into item values ('half', '')")
      throw new Error('out of porsches')
    })
    const saving = [own.save('before'), failing, own.save('after'), own.save('before')]
    const reasons = refused(await Promise.allSettled(saving)).map(String)
    expect(reasons).toEqual([
      'Error: out of porsches',
      'SqliteError: UNIQUE constraint failed: item.name',
    ])
    expect(own.committed()).toEqual(['before', 'after'])
  })

  test('must be synchronous', async () => {
    await using own = await setting()
    const working = own.group.run(async () => {
      own.database.exec("insert into item values ('half', '')")
      await Promise.resolve()
    })
    await expect(working).rejects.toThrow('expected the work of a transaction to be synchronous')
    expect(own.committed()).toEqual([])
  })
})

describe('a disk that refuses', () => {
  test('costs the write that is too large for it, and works again after room is made', async () => {
    await using own = await setting()
    await own.save('first')
    const pages = Number(own.database.pragma('page_count', { simple: true }))
    own.database.pragma(`max_page_count = ${pages + 2}`)
    const saving = [own.save('before'), own.save('large', 100_000), own.save('after')]
    const [reason, ...others] = refused(await Promise.allSettled(saving))
    expect(others).toEqual([])
    expect(reason).toBeInstanceOf(Unavailable)
    expect(String(reason)).toContain('Make room on the disk')
    expect(own.committed()).toEqual(['first', 'before', 'after'])

    own.database.pragma(`max_page_count = ${pages + 1000}`)
    await own.save('large', 100_000)
    expect(own.committed()).toContain('large')
  })

  test('at the commit leaves the outcome unknown, and the next write works', async () => {
    await using own = await setting()
    own.database.pragma('foreign_keys = ON')
    const breaking = own.group.run(() => own.database.exec("insert into wheel values ('nothing')"))
    const reasons = refused(await Promise.allSettled([own.save('neighbour'), breaking]))
    expect(reasons).toHaveLength(2)
    for (const reason of reasons) expect(reason).toBeInstanceOf(Unknown)
    expect(own.committed()).toEqual([])
    await own.save('next')
    expect(own.committed()).toEqual(['next'])
  })
})

describe('a file that another process has locked', () => {
  test('is waited for between turns of the event loop', async () => {
    await using own = await setting()
    await using other = await startProcess()
    expect(await other.ask({ kind: 'lock', file: own.file })).toBe('ok')
    const saving = [own.save('one'), own.save('two')]
    for (let turns = 0; turns < 20; turns += 1) await turn()
    expect(own.committed()).toEqual([])
    // This event loop sends the order that ends the lock: it could not if the write blocked it.
    expect(await other.ask({ kind: 'unlock' })).toBe('ok')
    await Promise.all(saving)
    expect(own.committed()).toEqual(['one', 'two'])
  })

  test('for too long refuses what waits, and is written to again later', async () => {
    await using own = await setting({ lockedForMs: 50 })
    await using other = await startProcess()
    expect(await other.ask({ kind: 'lock', file: own.file })).toBe('ok')
    const outcomes = await Promise.allSettled(many(100).map((name) => own.save(name)))
    const reasons = refused(outcomes)
    expect(reasons).toHaveLength(100)
    for (const reason of reasons) expect(reason).toBeInstanceOf(Unavailable)
    expect(await other.ask({ kind: 'unlock' })).toBe('ok')
    expect(own.committed()).toEqual([])
    await own.save('late')
    expect(own.committed()).toEqual(['late'])
  })
})

describe('a group', () => {
  test('lets a bounded number of writes wait, and refuses one more with what to do', async () => {
    await using own = await setting({ maxWaiting: 3 })
    const outcomes = await Promise.allSettled(many(4).map((name) => own.save(name)))
    const [reason, ...others] = refused(outcomes)
    expect(others).toEqual([])
    expect(reason).toBeInstanceOf(Unavailable)
    expect(String(reason)).toContain('Await some of them')
    expect(own.committed()).toEqual(many(3))
    await own.save('later')
  })

  test('that is closed finishes what it accepted and refuses the rest', async () => {
    await using own = await setting()
    const saving = Promise.all(many(100).map((name) => own.save(name)))
    const closing = [own.group.close(), own.group.close()]
    await expect(own.save('late')).rejects.toBeInstanceOf(Unavailable)
    await Promise.all(closing)
    expect(own.committed()).toEqual(many(100))
    await saving
    await own.group.close()
  })

  test('that is abandoned writes nothing more and settles nothing', async () => {
    await using own = await setting()
    let settled = 0
    const count = (): void => {
      settled += 1
    }
    void own.save('before').then(count, count)
    own.group.abandon()
    void own.save('after').then(count, count)
    for (let turns = 0; turns < 20; turns += 1) await turn()
    expect(settled).toBe(0)
    expect(own.committed()).toEqual([])
  })
})
