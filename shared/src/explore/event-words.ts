// One step of a trace in words, for a log.

import type { TraceStep } from '../simulation/index.ts'
import { eventsOf } from './picture-events.ts'

/** `save order-1 = [porsche]`, and what went wrong with it. */
export function eventInWords(step: TraceStep): string {
  const fault = step.fault === undefined ? '' : ` (${step.fault})`
  const [event] = eventsOf(step, [step])
  if (!event) return `${callInWords[step.kind] ?? step.kind} ${step.resource}${fault}`
  switch (event.kind) {
    case 'sent':
      return `sends ${event.message.label} to ${plain(event.to)}${told(event.outcome)}${fault}`
    case 'handed out':
      if (isClient(event.from)) return `takes ${event.message.label} from ${plain(event.from)}`
      return `is handed ${event.message.label}, attempt ${event.attempt}${fault}`
    case 'settled':
      if (isClient(event.to)) return `says "${event.how}" to ${plain(event.to)}`
      return `${event.how} ${event.message.label}${event.isStale ? ', too late' : ''}${fault}`
    case 'call':
      return `${event.label}${told(event.outcome)}${fault}`
    case 'exchanged':
      if (step.kind === 'take') return `takes ${event.label} from ${plain(event.from)}`
      if (step.kind === 'respond') return `answers ${plain(event.to)} ${event.label}${fault}`
      return `sends ${event.label} to ${plain(event.to)}${fault}`
    case 'crashed':
      return 'crashes, and starts again'
    case 'lease expired':
      return `the lease of ${event.message.label} expires`
    case 'time passed':
      return `time goes on to ${event.nowMs} ms`
    case 'coin':
      return `the coin ${event.label} falls on ${event.isHeads ? 'heads' : 'tails'}`
    case 'note':
      return event.text
    case 'restarted':
    case 'folded':
      return ''
  }
}

/** What a client does is not in a picture by itself: there her call arrives, and is answered. */
const callInWords: Readonly<Record<string, string>> = {
  call: 'calls',
  hear: 'hears from',
  request: 'calls',
  copy: 'a copy of a request is at',
  arrive: 'a delayed request is at',
}

const isClient = (lane: string): boolean => lane.startsWith('client ')

/** The name of a lane of the picture, without what kind of lane it is. */
const plain = (lane: string): string => lane.replace(/^(client|queue|event) /, '')

type Outcome = Extract<ReturnType<typeof eventsOf>[number], { kind: 'call' }>['outcome']

function told(outcome: Outcome): string {
  switch (outcome.is) {
    case 'done':
      return outcome.answer === undefined ? '' : ` = ${outcome.answer}`
    case 'refused':
      return `: ${outcome.error}`
    case 'unknown':
      return `: ${outcome.error}, it ${outcome.happened ? 'did' : 'did not'} happen`
    case 'lost':
      return ': lost'
  }
}
