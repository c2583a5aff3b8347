// What becomes of the writes of one transaction: each by itself, and all of them where the disk or
// another process stands in the way.

import { describe, expect, test } from 'vitest'
import { Unavailable, Unknown } from '../world/index.ts'
import type { Commit } from './group-commit.ts'
import { startProcess } from './testing/processes.ts'
import { setting } from './testing/setting.ts'

const many = (count: number): string[] => Array.from({ length: count }, (_, i) => `item-${i}`)

const refused = (outcomes: readonly PromiseSettledResult<unknown>[]): unknown[] =>
  outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('the writes of a turn', () => {
  test('settle only after the commit, and share it up to a bound', async () => {
    await using own = await setting({ nowMs: () => 0 })
    const names = many(300)
    const seen = new Set<number>()
    await Promise.all(
      names.map(async (name) => {
        await own.save(name)
        const committed = own.committed()
        expect(committed).toContain(name)
        seen.add(committed.length)
      }),
    )
    expect([...seen]).toEqual([128, 256, 300])
  })

  test('are joined by those of the next, as long as each brings more', async () => {
    const commits: Commit[] = []
    const onCommit = (commit: Commit): unknown => commits.push(commit)
    await using own = await setting({ onCommit, nowMs: () => 0 })
    const saving = [own.save('first')]
    await turn()
    saving.push(own.save('next'), own.save('other'))
    await Promise.all(saving)
    expect(commits.map(({ writes }) => writes)).toEqual([3])

    let turns = 0
    const alone = own.save('alone').then(() => true)
    while (!(await Promise.race([alone, turn().then(() => false)]))) turns += 1
    expect(turns).toBeLessThanOrEqual(3)
  })

  test('are not joined by any more after a while, whatever each turn brings', async () => {
    let nowMs = 0
    const commits: Commit[] = []
    const onCommit = (commit: Commit): unknown => commits.push(commit)
    await using own = await setting({ onCommit, nowMs: () => nowMs })
    const saving: Promise<string>[] = []
    for (let number = 0; commits.length === 0; number += 1) {
      expect(number).toBeLessThan(10)
      saving.push(own.save(`item-${number}`))
      nowMs += 0.4
      await turn()
    }
    expect(commits[0]?.waitedMs).toBeLessThan(1.3)
    await Promise.all(saving)
  })

  test('do not wait for a turn that would make them late, if it is as long as the last', async () => {
    let nowMs = 0
    await using own = await setting({ nowMs: () => nowMs })
    for (const [name, turnMs, waits] of [
      ['short', 0.4, true],
      ['long', 0.6, false],
    ] as const) {
      const saving = own.save(name)
      nowMs += turnMs
      await turn()
      expect(own.committed().includes(name)).toBe(!waits)
      await saving
    }
  })

  test('are committed amid a turn that goes on for too long', async () => {
    let nowMs = 0
    const commits: Commit[] = []
    const onCommit = (commit: Commit): unknown => commits.push(commit)
    await using own = await setting({ onCommit, nowMs: () => nowMs })
    const saving = [own.save('first')]
    nowMs += 0.9
    saving.push(own.save('second'))
    expect(own.committed()).toEqual([])
    nowMs += 0.2
    saving.push(own.save('third'))
    expect(own.committed()).toEqual(['first', 'second', 'third'])
    saving.push(own.save('fourth'))
    nowMs += 1.1
    own.group.hurry()
    expect(own.committed()).toEqual(['first', 'second', 'third', 'fourth'])
    await Promise.all(saving)
    expect(commits.map(({ writes, waitedMs }) => [writes, waitedMs < 2])).toEqual([
      [3, true],
      [1, true],
    ])
  })

  test('let few of their callers go on in one turn: the others are busy with what comes next', async () => {
    await using own = await setting({ perTurn: 3 })
    const settled: string[] = []
    const saving = many(20).map(async (name) => settled.push(await own.save(name)))
    for (let turns = 0, before = 0; settled.length < 20; turns += 1) {
      expect(turns).toBeLessThan(20)
      await turn()
      expect(settled.length - before).toBeLessThanOrEqual(3)
      before = settled.length
    }
    await Promise.all(saving)
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

  test('is waited for in the order of the calls', async () => {
    let nowMs = 0
    await using own = await setting({ nowMs: () => nowMs })
    await using other = await startProcess()
    expect(await other.ask({ kind: 'lock', file: own.file })).toBe('ok')
    const saving = [own.save('one')]
    // Meanwhile its pauses get longer: when the lock ends, it is likely to be amid one.
    for (let asked = 0; asked < 10; asked += 1) {
      expect(await other.ask({ kind: 'open', file: `${own.file}-${asked}` })).toBe('ok')
    }
    expect(await other.ask({ kind: 'unlock' })).toBe('ok')
    saving.push(own.save('two'))
    nowMs += 2
    saving.push(own.save('three'))
    await Promise.all(saving)
    expect(own.committed()).toEqual(['one', 'two', 'three'])
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
