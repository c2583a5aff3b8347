// The write sets of the tests that kill a process: four entries of a partition, each with its
// number.

import { absent, type Store, type Write } from '../../store.ts'

const names = ['entity', 'inbox/1', 'outbox/1', 'outbox/2']

/** The number of a write set among those of one process. */
export type SetId = { readonly series: string; readonly number: number }

export const nameOf = ({ series, number }: SetId): string => `set-${series}-${number}`

export const writesOf = (set: SetId): readonly Write[] =>
  names.map((name) => ({ key: `${nameOf(set)}/${name}`, value: set, expected: absent }))

export type Found = 'all' | 'nothing' | 'half'

export async function found(store: Store, set: SetId): Promise<Found> {
  const entries = await store.list<SetId>(`${nameOf(set)}/`, { limit: 10 })
  const right = entries.filter(({ value }) => nameOf(value) === nameOf(set)).length
  if (entries.length === 0) return 'nothing'
  return right === names.length && entries.length === names.length ? 'all' : 'half'
}
