// What the notes of the processes show: whether a kill met a message, how often a process died
// between its save and its publish, how many copies really arrived, and that a full disk was felt.

import type { Life } from './crew.ts'
import type { Note } from './notes.ts'

export type Evidence = {
  readonly killsInFlight: number
  readonly crashesBetweenCommitAndPublish: number
  readonly duplicatesArrived: number
  /** Saves that certainly did not happen: the disk was full. */
  readonly savesRefused: number
}

/** `notesOf` gives the notes of a life, in their order. */
export function evidenceIn(
  lives: readonly Life[],
  notesOf: (life: Life) => Iterable<Note>,
): Evidence {
  const evidence = { killsInFlight: 0, crashesBetweenCommitAndPublish: 0, savesRefused: 0 }
  const arrived = new Map<string, Set<string>>()
  let duplicatesArrived = 0
  for (const life of lives) {
    const atWork = new Set<number>()
    for (const note of notesOf(life)) {
      if (note.kind === 'delivered') {
        atWork.add(note.work)
        // A later attempt is the same message again, and no copy.
        if (note.attempt === 1 && !isFirst(arrived, note)) duplicatesArrived += 1
      }
      if (note.kind === 'settled') atWork.delete(note.work)
      if (note.kind === 'not saved' && note.error === 'Unavailable') evidence.savesRefused += 1
      if (note.kind === 'dies') evidence.crashesBetweenCommitAndPublish += 1
    }
    if (life.ending === 'killed' && atWork.size > 0) evidence.killsInFlight += 1
  }
  return { ...evidence, duplicatesArrived }
}

type Arrival = { readonly queue: string; readonly id: string }

function isFirst(arrived: Map<string, Set<string>>, { queue, id }: Arrival): boolean {
  const ids = arrived.get(queue) ?? new Set()
  arrived.set(queue, ids)
  if (ids.has(id)) return false
  ids.add(id)
  return true
}
