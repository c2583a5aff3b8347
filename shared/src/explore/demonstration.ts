// What a live demonstration of an exercise shows: what the customer sends, which announcements the
// audience hears, and how the story ended, in words for the last row of the room.

import type { Definition, Outgoing } from '../message/index.ts'
import type { Handler } from '../pipeline/index.ts'

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

/** One of two systems: the file that exports its handlers, or its routes, and its name. */
export type SystemPart = { readonly name: string; readonly file: string }

/** A demonstration of two systems that talk over HTTP, each with a store of its own. */
export type SystemsDemonstration = {
  /** What is about to happen, in a sentence. */
  readonly sentence: string
  /** Its messages come from a queue of its name; it calls the server. */
  readonly endpoint: SystemPart
  readonly server: SystemPart
  /** What the endpoint handles, for whoever sends to it. They are never run. */
  readonly handled: readonly Handler[]
  readonly given: (item: string) => readonly Outgoing<'command'>[]
  /** Which system is killed once the server has answered a request of this method, and before
   *  anybody has heard the answer; one after the other. */
  readonly kills: readonly { readonly after: string; readonly kill: 'endpoint' | 'server' }[]
  /** Whether the endpoint's system has come to an end, by what it stores. */
  readonly isOver: (shop: ReadonlyMap<string, unknown>) => boolean
  readonly ending: (end: SystemsEnd) => {
    readonly ok: boolean
    readonly sentence: string
    /** Both stores in a few words. */
    readonly shown: string
  }
}

export type SystemsEnd = {
  readonly item: string
  /** How many processes were killed. */
  readonly kills: number
  /** What each system has stored, by key. */
  readonly shop: ReadonlyMap<string, unknown>
  readonly bank: ReadonlyMap<string, unknown>
}
