// What a live demonstration of an exercise shows: what the customer sends, which announcements the
// audience hears, and how the story ended, in words for the last row of the room.

import type { Definition, Outgoing } from '../message/index.ts'

export type Demonstration = {
  /** What the customer sends when the demonstration is about this item. */
  readonly given: (item: string) => readonly Outgoing[]
  /** The announcements to listen to. */
  readonly hear: readonly Definition[]
  /** The key of the entity that tells how it ended. */
  readonly entity: string
  /** The entity in a few words: `porsche, porsche`. */
  readonly show: (value: unknown) => string
  /** Whether it ended well, and the sentence that says so. */
  readonly ending: (end: DemonstrationEnd) => { readonly ok: boolean; readonly sentence: string }
}

export type DemonstrationEnd = {
  readonly item: string
  /** The entity at the end; undefined where it was never stored. */
  readonly value: unknown
  /** The types of the announcements that were heard, in order. */
  readonly heard: readonly string[]
  /** The reasons of the messages that ended in the dead letters. */
  readonly dead: readonly string[]
}
