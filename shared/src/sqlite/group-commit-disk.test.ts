// What waits for the disk, and what does not.

import Sqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { realTime, Unavailable, Unknown } from '../world/index.ts'
import { firstOf, heldDisk } from './testing/held-disk.ts'
import { setting } from './testing/setting.ts'

const { until } = realTime()

/** On a real disk. */
const onDisk = () => setting({ disk: undefined })

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const refused = (outcomes: readonly PromiseSettledResult<unknown>[]): unknown[] =>
  outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))

describe('a disk that takes its time', () => {
  test('is waited for by those who wait for it, and by no transaction', async () => {
    await using own = await onDisk()
    using disk = await heldDisk()
    const first = own.save('first')
    expect(await firstOf(disk, first)).toBe('asked')
    expect(own.committed()).toEqual(['first'])
    const second = own.save('second')
    await until(() => own.committed().length === 2, 'the next transaction')
    disk.letGo()
    await first
    expect(await firstOf(disk, second)).toBe('asked')
    disk.letGo()
    await second
  })

  test('is not waited for where that would make a write late', async () => {
    let nowMs = 0
    await using own = await setting({ disk: undefined, nowMs: () => nowMs })
    using disk = await heldDisk()
    const first = own.save('first')
    expect(await firstOf(disk, first)).toBe('asked')
    const second = own.save('second')
    nowMs += 0.6
    await turn()
    expect(own.committed()).toEqual(['first', 'second'])
    disk.letGo()
    await first
    expect(await firstOf(disk, second)).toBe('asked')
    disk.letGo()
    await second
  })

  test('is not waited for by a write that does not have to', async () => {
    await using own = await onDisk()
    using disk = await heldDisk()
    const insert = (name: string) => () =>
      own.database.exec(`insert into item values ('${name}', '')`)
    const soft = { durable: false }
    await Promise.all([own.group.run(insert('a'), soft), own.group.run(insert('b'), soft)])
    expect(disk.waiting).toBe(0)
    const together = [own.group.run(insert('c'), soft), own.group.run(insert('d'))] as const
    expect(await firstOf(disk, together[1])).toBe('asked')
    await together[0]
    disk.letGo()
    await Promise.all(together)
  })

  test('is waited for by who acts on what was read, where it may not be there', async () => {
    await using own = await onDisk()
    await own.save('before')
    await own.group.onDisk(false)
    using disk = await heldDisk()
    await own.group.onDisk(false)
    const mine = own.group.onDisk(true)
    expect(await firstOf(disk, mine)).toBe('asked')
    disk.letGo()
    await mine

    const other = new Sqlite(own.file)
    other.exec("insert into item values ('of another', '')")
    other.close()
    const foreign = own.group.onDisk(false)
    expect(await firstOf(disk, foreign)).toBe('asked')
    disk.letGo()
    await foreign
    await own.group.onDisk(false)
    expect(disk.waiting).toBe(0)
  })

  test('is waited for by a bounded number of writes', async () => {
    await using own = await setting({ disk: undefined, maxWaiting: 3 })
    using disk = await heldDisk()
    const saving = ['a', 'b', 'c'].map((name) => own.save(name))
    await disk.asked()
    const [reason] = refused(await Promise.allSettled([own.save('d')]))
    expect(String(reason)).toContain('Await some of them')
    disk.letGo()
    await Promise.all(saving)
    const next = own.save('d')
    await disk.asked()
    disk.letGo()
    await next
  })

  test('is waited for by who closes the file, and not asked after that', async () => {
    await using own = await onDisk()
    using disk = await heldDisk()
    const reading = own.group.onDisk(true)
    await disk.asked()
    const closing = own.group.close()
    expect(await Promise.race([closing.then(() => 'closed'), turn().then(() => 'open')])).toBe(
      'open',
    )
    disk.letGo()
    await Promise.all([reading, closing])
    await expect(own.group.onDisk(true)).rejects.toBeInstanceOf(Unavailable)
    expect(disk.waiting).toBe(0)
  })

  test('is not asked by a process that is dead', async () => {
    await using own = await onDisk()
    using disk = await heldDisk()
    own.group.abandon()
    void own.group.onDisk(true)
    await turn()
    expect(disk.waiting).toBe(0)
  })

  test('and loses what it was given: nobody knows, and nothing is written after it', async () => {
    await using own = await onDisk()
    using disk = await heldDisk()
    const saving = own.save('lost')
    await disk.asked()
    disk.letGo(new Error('EIO: i/o error'))
    const [reason] = refused(await Promise.allSettled([saving]))
    expect(reason).toBeInstanceOf(Unknown)
    expect(String(reason)).toContain('EIO')
    const [next] = refused(await Promise.allSettled([own.save('next')]))
    expect(next).toBeInstanceOf(Unavailable)
    expect(String(next)).toContain('open the file again')
    expect(own.committed()).toEqual(['lost'])
  })
})
