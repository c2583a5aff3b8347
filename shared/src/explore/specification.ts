// What an exercise's test says: who takes part, what they are given, what may go wrong, and what
// must hold. It is data, so that the same specification is explored in a simulated world and played
// on real brokers and stores.

import type { Verdict, View } from '../check/index.ts'
import type { Route } from '../http/index.ts'
import type { BodyOf, Definition, Outgoing } from '../message/index.ts'
import type { Behaviour, Handler } from '../pipeline/index.ts'
import type { Effort } from '../simulation/index.ts'
import type { Expiry, StoreLimits } from '../store/index.ts'
import type { Http, World } from '../world/index.ts'

/** How often each may happen in one run. All are 0 by default, except for `coins`. */
export type Faults = {
  /** A process dies between two of its steps, and starts again with an empty memory. */
  readonly crashes?: number
  /** A message arrives once more, right after it was handed out. */
  readonly duplicates?: number
  /** A message that was handed out before arrives once more, at any later time. */
  readonly lateCopies?: number
  /** A message overtakes those before it in its queue. */
  readonly reorderings?: number
  /** The broker certainly does not take a message: `Unavailable`. */
  readonly refused?: number
  /** Nobody knows whether a publish or a save happened: `Unknown`. Both are tried. */
  readonly unknown?: number
  /** A save certainly does not happen: `Unavailable`. */
  readonly failedSaves?: number
  /** A load gives a value that was there before, or nothing. On real adapters: never. */
  readonly staleReads?: number
  /** The broker hands a message out again while its handler is still at work, or before its
   *  acknowledgement arrives. */
  readonly expiredLeases?: number
  /** A server takes no connection, and the caller knows: `Unavailable`. */
  readonly refusedRequests?: number
  /** A request never arrives. Its caller is told `Unknown`, as in the next two. */
  readonly lostRequests?: number
  /** A request arrives at any later time, after its caller has given up waiting. */
  readonly delayedRequests?: number
  /** A server answers, and nobody hears it. */
  readonly lostResponses?: number
  /** A request that has arrived before arrives once more, at any later time, and nobody hears the
   *  response. */
  readonly copiedRequests?: number
  /** A coin of `context.coin` falls on heads. Default 1. On real processes, in each of them. */
  readonly coins?: number
}

/** What the store is like, where it is not the usual one. */
export type StoreTraits = {
  /** A write over one of them is refused; one that makes an entity too large fails the run. */
  readonly limits?: Partial<StoreLimits>
  /** Default: what is stored stays. On real adapters it always does. */
  readonly expiry?: Expiry
}

/** Handlers, or what makes them anew for each instance: then they may remember things in between,
 *  which a crash takes away. */
export type Handlers = readonly Handler[] | (() => readonly Handler[])

/** The handlers of an endpoint or a service; with the behaviours that are around these only, inside
 *  of those that are around all. They are made anew for each instance, the outermost first. */
export type Endpoint =
  | Handlers
  | { readonly handlers: Handlers; readonly behaviours: () => readonly Behaviour[] }

/** The routes of a server, or what makes them anew for each instance. */
export type Server = readonly Route[] | (() => readonly Route[])

/** Somebody outside of the system, in a script. */
export interface Client {
  readonly name: string
  /** Calls the service that handles it. Resolves once the service has answered; rejects with
   *  `Unknown` when it died, and with `Unavailable` when it failed. */
  readonly call: (command: Outgoing<'command'>) => Promise<void>
  /** Sends a command to the queue of the endpoint that handles it. */
  readonly send: (command: Outgoing<'command'>) => Promise<void>
  /** Calls servers. */
  readonly http: Http
  /** Her own, which need not agree with that of others. */
  readonly clock: World['clock']
  readonly sleep: World['sleep']
  /** Resolves once an event of this type, and with this body if one is given, was published. */
  readonly sees: <D extends Definition<'event'>>(event: D, body?: BodyOf<D>) => Promise<void>
}

export type Script = (client: Client) => Promise<void>

export type Specification = {
  /** The handlers of each endpoint, by its name: they take messages from a queue of that name. */
  readonly endpoints?: Readonly<Record<string, Endpoint>>
  /** The handlers of each service, by its name: clients call them and wait for the answer. Nothing
   *  is delivered again; a crash leaves the caller without an answer. */
  readonly services?: Readonly<Record<string, Endpoint>>
  /** The routes of each HTTP server, by its name. Others call it by that name: clients, handlers,
   *  and routes. */
  readonly servers?: Readonly<Record<string, Server>>
  /** What waits in the queues at the beginning, in order. */
  readonly given?: readonly Outgoing[]
  /** Those who act from outside, all at the same time. */
  readonly clients?: Readonly<Record<string, Script>>
  /** What the store holds at the beginning, by key. */
  readonly stored?: Readonly<Record<string, unknown>>
  readonly store?: StoreTraits
  readonly faults?: Faults
  /** How many instances of each endpoint, service and server there are, or by name. Default 2. */
  readonly instances?: number | Readonly<Record<string, number>>
  /** How many messages, or requests, an instance handles at once. Default 1. */
  readonly prefetch?: number
  /** What is around each handler, inside of the retries; the outermost first. What clients send
   *  passes through it on its way out, too. */
  readonly behaviours?: () => readonly Behaviour[]
  /** Whether messages may end in the dead letters. Default false: that fails the run. */
  readonly deadLetters?: boolean
  /** What must hold after each step. */
  readonly always?: (now: View) => readonly Verdict[]
  /** What must hold when nothing is left to do. The first violation is the one reported. */
  readonly finally: (end: View) => readonly Verdict[]
  /** `adversarial`: what waits for a time may go on before steps that could have come first, as where
   *  a process is slow and a lease ends. Default `lazy`: time passes when nothing else can happen. */
  readonly time?: 'lazy' | 'adversarial'
  /** How long it lasts at most, in milliseconds of its own time, where somebody waits in it. Real
   *  adapters leave out what lasts for more than ten seconds. */
  readonly lastsMs?: number
  /** Where more than usual has to be tried: budgets of steps and samples. */
  readonly effort?: Partial<Effort>
  /** What has to be possible: each must hold at the end of some run. */
  readonly goals?: Readonly<Record<string, (end: View) => boolean>>
}
