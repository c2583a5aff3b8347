// What happened in a performance: as a history, for the properties, and as lines of text, for
// whoever wants to know why one of them does not hold.

import { History, type HistoryEvent } from '../../check/index.ts'
import type { HttpEvent } from '../../http/index.ts'
import { textOf, type WireMessage } from '../../message/index.ts'
import { labelOf, valueInWords } from '../words.ts'
import type { Deed } from './protocol.ts'

/** How much of it is told. */
const maxLines = 60

export class Chronicle {
  /** In the order in which the director heard of it. Clients look at what was published here. */
  readonly history = new History()
  readonly #orders = new Map<HistoryEvent, number>()
  readonly #lines: string[] = []

  /** One line of the story: `orders-1`, `saves order-1 = [porsche]`. */
  tell(who: string, what: string): void {
    this.#lines.push(`  ${who.padEnd(12)} ${what}`)
  }

  record(who: string, event: HistoryEvent): void {
    this.history.record(event)
    const words = wordsOf(event)
    if (words !== undefined) this.tell(who, words)
  }

  deed(who: string, deed: Deed): void {
    if (deed.kind === 'exchanged') return
    if (deed.kind === 'published') {
      const { to, message, copies } = deed
      for (let copy = 1; copy <= copies; copy += 1) {
        this.record(who, { kind: 'published', to, message })
      }
      return
    }
    for (const { key, value, order } of deed.writes) {
      const event: HistoryEvent =
        value === undefined ? { kind: 'removed', key } : { kind: 'saved', key, value }
      this.#orders.set(event, order)
      this.record(who, event)
    }
  }

  /** What happened, with the writes of each key in the order in which the store made them: two
   *  processes do not report in the order in which they act. */
  get events(): readonly HistoryEvent[] {
    const events = [...this.history.events]
    const places = new Map<string, number[]>()
    for (const [place, event] of events.entries()) {
      if (event.kind !== 'saved' && event.kind !== 'removed') continue
      places.set(event.key, [...(places.get(event.key) ?? []), place])
    }
    for (const ofKey of places.values()) {
      const order = (event: HistoryEvent | undefined): number =>
        (event && this.#orders.get(event)) ?? 0
      const writes = ofKey.flatMap((place) => events[place] ?? [])
      writes.sort((one, other) => order(one) - order(other))
      for (const [index, place] of ofKey.entries()) {
        const write = writes[index]
        if (write) events[place] = write
      }
    }
    return events
  }

  /** The story, its last lines where it is long. */
  get story(): string {
    const left = this.#lines.length - maxLines
    const last = this.#lines.slice(-maxLines)
    return (left > 0 ? [`  … ${left} lines before`, ...last] : last).join('\n')
  }
}

const label = (message: WireMessage): string =>
  `${labelOf(message.type, textOf(message))} ${message.id.slice(0, 8)}`

const exchanged = ({ id, request: { method, path } }: HttpEvent): string =>
  `${method} ${path} ${id.slice(0, 8)}`

function wordsOf(event: HistoryEvent): string | undefined {
  switch (event.kind) {
    case 'published':
      return `publishes ${label(event.message)}`
    case 'delivered':
      return `is handed ${label(event.message)}`
    case 'settled':
      return `${event.outcome} of ${label(event.message)}`
    case 'saved':
      return `saves ${event.key} = ${valueInWords(event.value)}`
    case 'removed':
      return `removes ${event.key}`
    case 'answered':
      return `${event.isThanked ? 'is thanked' : 'is not thanked'} for ${label(event.message)}`
    case 'failed':
      return `fails${event.message ? ` at ${label(event.message)}` : ''}: ${String(event.error)}`
    case 'requested':
      return `sends ${exchanged(event)}`
    case 'responded':
      return `answers ${exchanged(event)} with ${event.response.status}`
    case 'heard': {
      const told = 'response' in event ? event.response.status : event.error.name
      return `hears ${told} of ${exchanged(event)}`
    }
    case 'loaded':
      return undefined
  }
}
