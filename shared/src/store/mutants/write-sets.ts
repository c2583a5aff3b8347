// Stores that are wrong about write sets (S8 to S12, S17, S18).

import { setTimeout as timer } from 'node:timers/promises'
import { defaultLimits, featuresWith } from '../limits.ts'
import { EntryTable } from '../sqlite/entry-table.ts'
import type { Entry, Store, Version, Write } from '../store.ts'
import type { CheckedWrite } from '../write-set.ts'
import { altered, type Mutant, oneByOne } from './mutant.ts'

const saving =
  (change: (writes: readonly Write[]) => readonly Write[]) =>
  (store: Store): Store =>
    altered(store, { saveAll: async (writes) => store.saveAll(change(writes)) })

/** Declares the limits of the right store, whatever its own are. */
const declaring = (store: Store): Store => altered(store, { features: featuresWith() })

const groupsOf = (writes: readonly Write[]): readonly (readonly Write[])[] =>
  Object.values(Object.groupBy(writes, ({ key }) => key.split('/')[0] ?? '')).map((g) => g ?? [])

function demandOneFolder(writes: readonly Write[]): readonly Write[] {
  const folders = new Set(writes.map(({ key }) => key.slice(0, key.lastIndexOf('/'))))
  if (folders.size > 1) throw new TypeError('expected one partition')
  return writes
}

const lastOfEach = (writes: readonly Write[]): readonly Write[] => [
  ...new Map(writes.map((write) => [write.key, write])).values(),
]

const throughJson = (write: Write): Write =>
  'remove' in write
    ? write
    : { ...write, value: JSON.parse(JSON.stringify(write.value) ?? 'null') as unknown }

/** Lets a failed call take all with it that the store was ever asked. */
function together(store: Store): Store {
  const all: Promise<readonly Version[]>[] = []
  return altered(store, {
    saveAll: async (writes) => {
      const own = store.saveAll(writes)
      all.push(own)
      await Promise.allSettled([own])
      await Promise.all(all)
      return own
    },
  })
}

/** Lets every other write set wait for one that was called for after it. */
function overtaking(store: Store): Store {
  let held: PromiseWithResolvers<void> | undefined
  return altered(store, {
    saveAll: async (writes) => {
      if (!held) {
        held = Promise.withResolvers()
        const { promise } = held
        await Promise.race([promise, timer(50)])
        return store.saveAll(writes)
      }
      const { resolve } = held
      held = undefined
      return store.saveAll(writes).finally(resolve)
    },
  })
}

class ShortKeysTable extends EntryTable {
  override get(key: string): Entry | undefined {
    return super.get(key.slice(0, 500))
  }

  override apply(write: CheckedWrite): Version {
    return super.apply({ ...write, key: write.key.slice(0, 500) })
  }
}

export const writeSetMutants: readonly Mutant[] = [
  { breaks: 'S8', mistake: 'saves one write after the other', around: oneByOne() },
  {
    breaks: 'S8b',
    mistake: 'gives the versions of a write set in the order of its keys',
    around: saving((writes) => writes.toSorted((a, b) => (a.key < b.key ? -1 : 1))),
  },
  {
    breaks: 'S8c',
    mistake: 'commits each write of a set by itself',
    around: oneByOne(async () => timer(3)),
  },
  {
    breaks: 'S9',
    mistake: 'saves each partition of a write set by itself',
    around: (store) =>
      altered(store, {
        saveAll: async (writes) =>
          (await Promise.all(groupsOf(writes).map((group) => store.saveAll(group)))).flat(),
      }),
  },
  { breaks: 'S9b', mistake: 'lets the last write of a key win', around: saving(lastOfEach) },
  {
    breaks: 'S9c',
    mistake: 'takes all before the last slash for the partition',
    around: saving(demandOneFolder),
  },
  {
    breaks: 'S10',
    mistake: 'takes one write more than it declares',
    parts: { limits: { maxWrites: defaultLimits.maxWrites + 1 } },
    around: declaring,
  },
  {
    breaks: 'S10b',
    mistake: 'measures values in characters',
    parts: { limits: { maxValueBytes: defaultLimits.maxValueBytes * 2 } },
    around: declaring,
  },
  {
    breaks: 'S10b',
    mistake: 'refuses a value of exactly the declared size',
    parts: { limits: { maxValueBytes: defaultLimits.maxValueBytes - 1 } },
    around: declaring,
  },
  {
    breaks: 'S10c',
    mistake: 'measures each value and not all of them together',
    parts: { limits: { maxTotalBytes: Number.MAX_SAFE_INTEGER } },
    around: declaring,
  },
  {
    breaks: 'S11',
    mistake: 'saves what JSON.stringify makes of a value',
    around: saving((writes) => writes.map(throughJson)),
  },
  {
    breaks: 'S12',
    mistake: 'refuses all writes of one commit when one of them is refused',
    around: together,
  },
  {
    breaks: 'S17',
    mistake: 'mends a key that is none',
    around: (store) =>
      altered(store, {
        load: async (key, whenAbsent) => store.load(`key${key.slice(0, 500)}`, whenAbsent),
      }),
  },
  { breaks: 'S18', mistake: 'lets a write set overtake another', around: overtaking },
  {
    breaks: 'S17b',
    mistake: 'cuts long keys off',
    parts: { table: (database) => new ShortKeysTable(database) },
  },
]
