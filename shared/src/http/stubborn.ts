// A client that gets an answer for each intent, and one effect: the other half of idempotency.ts.
// The intent, with its key and the time of its decision, is stored before anything is sent; every
// try sends the same; and what the server may have forgotten is never sent again, but looked up,
// once no request that is still on its way can be accepted any more.
//
// Not promised: that an answer comes. Where none does within `maxSends`, or it is too late to send
// and too early to look, `drive` rejects with `Unknown`: call it again, at any later time and from
// any process.

import { absent, Conflict, type Store } from '../store/index.ts'
import { type Http, type HttpCall, type HttpResponse, Unknown, type World } from '../world/index.ts'
import { type Intent, intentHeaders } from './intent.ts'

export type StubbornOptions = {
  readonly store: Store
  readonly http: Http
  readonly world: Pick<World, 'clock' | 'ids' | 'sleep' | 'random'>
  /** How long the server remembers a key, as it has published. Default 24 hours. */
  readonly windowMs?: number
  /** By how much clocks may differ, and how long a request may travel, in milliseconds. Nothing is
   *  sent so shortly before the window ends. Default 5 minutes. */
  readonly toleranceMs?: number
  /** How often one call of `drive` sends. Default 8. */
  readonly maxSends?: number
  /** The longest pause after the first try; twice that after the second, and so on. Default 200. */
  readonly pauseMs?: number
  /** No pause is longer, but for what the server asks for. Default 30,000. */
  readonly maxPauseMs?: number
  /** Looks what became of an intent that may not be sent any more. Undefined: it had no effect. */
  readonly reconcile: (intent: StoredIntent) => Promise<HttpResponse | undefined>
}

export type StoredIntent = Intent & {
  readonly call: Omit<HttpCall, 'timeLimitMs'>
  /** Once it is known. */
  readonly outcome?: Outcome
}

/** `expired`: it had no effect, and never will have one. */
export type Outcome =
  | { readonly kind: 'answered'; readonly response: HttpResponse }
  | { readonly kind: 'expired' }

export interface StubbornClient {
  /** Stores the intent under `name`, a key of the store, unless there is one. Nothing is sent. */
  decide(name: string, call: StoredIntent['call']): Promise<void>
  /** Sends what was decided until its outcome is known, and stores that. Safe to call again, and at
   *  the same time. */
  drive(name: string): Promise<Outcome>
}

const dayMs = 86_400_000
/** Says nothing of the request but that it may succeed later. */
const transient = new Set([408, 409, 425, 429])

export function stubbornClient(options: StubbornOptions): StubbornClient {
  const { store, http, world, reconcile } = options
  const { windowMs = dayMs, toleranceMs = 300_000, maxSends = 8 } = options

  async function settle(name: string, outcome: Outcome): Promise<Outcome> {
    const { value, version } = await load(store, name)
    if (value.outcome) return value.outcome
    try {
      await store.save(name, { ...value, outcome }, version)
      return outcome
    } catch (error) {
      // Somebody else drives it, too: what is stored is what counts.
      if (error instanceof Conflict) return settle(name, outcome)
      throw error
    }
  }

  async function look(intent: StoredIntent): Promise<Outcome> {
    const response = await reconcile(intent)
    return response ? { kind: 'answered', response } : { kind: 'expired' }
  }

  async function send(name: string, intent: StoredIntent): Promise<Outcome> {
    const headers = { ...intent.call.headers, ...intentHeaders(intent) }
    for (let sends = 1; ; sends += 1) {
      const ageMs = world.clock.nowMs() - intent.firstSentMs
      if (ageMs >= windowMs + toleranceMs) return look(intent)
      if (ageMs >= windowMs - toleranceMs) throw undecided(name)
      const response = await http.send({ ...intent.call, headers }).catch(() => undefined)
      // Its clock or its window is another than we believed. It may accept the same one later.
      if (response?.status === 412) throw undecided(name)
      if (response && response.status < 500 && !transient.has(response.status)) {
        return { kind: 'answered', response }
      }
      if (sends >= maxSends) {
        throw new Unknown(`expected an answer to ${name} within ${maxSends} requests, got none`)
      }
      await world.sleep(pauseFor(response, { ...options, choice: `${name} ${sends}`, sends }))
    }
  }

  return {
    decide: async (name, call) => {
      const intent = { key: world.ids.next(), firstSentMs: world.clock.nowMs(), call }
      const before = await store.load(name, undefined)
      if (before.version !== absent) return
      try {
        await store.save(name, intent, absent)
      } catch (error) {
        if (!(error instanceof Conflict)) throw error
      }
    },
    drive: async (name) => {
      const { value } = await load(store, name)
      if (value.outcome) return value.outcome
      return settle(name, await send(name, value))
    },
  }
}

async function load(store: Store, name: string) {
  const { value, version } = await store.load<StoredIntent | undefined>(name, undefined)
  if (value) return { value, version }
  throw new Error(`expected an intent under ${name}, got none. Decide it first`)
}

const undecided = (name: string): Unknown =>
  new Unknown(`expected an answer to ${name} in time. Look for it when the window is over`)

type Pause = Pick<StubbornOptions, 'world' | 'pauseMs' | 'maxPauseMs'> & {
  readonly choice: string
  readonly sends: number
}

/** Full jitter: anything between nothing and a bound that doubles. What the server asks for comes
 *  first, so that not all of those who were told the same come back at once. */
function pauseFor(response: HttpResponse | undefined, pause: Pause): number {
  const { world, pauseMs = 200, maxPauseMs = 30_000, choice, sends } = pause
  const boundMs = Math.min(maxPauseMs, pauseMs * 2 ** (sends - 1))
  const asked = Number(response?.headers['retry-after'] ?? 0)
  const askedMs = Number.isFinite(asked) && asked > 0 ? asked * 1000 : 0
  return askedMs + Math.floor(world.random(choice) * boundMs)
}
