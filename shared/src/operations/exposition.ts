// Numbers as text that Prometheus reads.
//
// Source: "Exposition formats", the text-based format, version 0.0.4, of the Prometheus project.

import type { Counters } from '../inbox/index.ts'
import { boundsMs, type EndpointNumbers } from '../pipeline/index.ts'
import type { Backlog } from './backlog.ts'

/** What an HTTP answer with it says of its type. */
export const expositionType = 'text/plain; version=0.0.4; charset=utf-8'

export type Exposed = {
  readonly endpoints: readonly EndpointNumbers[]
  /** Where there is an outbox. */
  readonly backlog?: Backlog
  /** What inboxes, outboxes and relays have counted. */
  readonly meter?: Counters
}

type Labels = Readonly<Record<string, string>>
type Sample = readonly [labels: Labels, value: number, suffix?: string]

/** Pure: the same numbers give the same text. */
export function exposition({ endpoints, backlog, meter }: Exposed): string {
  const each = (of: (numbers: EndpointNumbers) => number): readonly Sample[] =>
    endpoints.map((numbers) => [{ endpoint: numbers.endpoint }, of(numbers)])
  return [
    family('deliveries_total', 'counter', {
      help: 'Deliveries that have begun.',
      samples: each(({ delivered }) => delivered),
    }),
    family('deliveries_ended_total', 'counter', {
      help: 'Deliveries that have ended, by what the broker says became of them.',
      samples: endpoints.flatMap(endings),
    }),
    family('deliveries_in_flight', 'gauge', {
      help: 'Deliveries that have begun and not ended.',
      samples: each(({ inFlight }) => inFlight),
    }),
    family('oldest_in_flight_seconds', 'gauge', {
      help: 'The age of the oldest delivery in flight.',
      samples: each(({ oldestInFlightMs }) => oldestInFlightMs / 1000),
    }),
    family('handling_seconds', 'histogram', {
      help: 'From the beginning of a delivery to its end.',
      samples: endpoints.flatMap(classes),
    }),
    ...(backlog ? ofBacklog(backlog) : []),
    ...(meter ? ofMeter(meter) : []),
  ].join('')
}

const endings = (of: EndpointNumbers): readonly Sample[] =>
  (
    [
      ['handled', of.handled],
      ['duplicate', of.duplicates],
      ['retried', of.retried],
      ['released', of.released],
      ['dead_lettered', of.deadLettered],
      ['lost', of.lost],
    ] as const
  ).map(([ending, count]) => [{ endpoint: of.endpoint, ending }, count])

function classes({ endpoint, handling }: EndpointNumbers): readonly Sample[] {
  let sum = 0
  const buckets = handling.counts.map((count, index): Sample => {
    const bound = boundsMs[index]
    const le = bound === undefined ? '+Inf' : String(bound / 1000)
    return [{ endpoint, le }, (sum += count), '_bucket']
  })
  return [...buckets, [{ endpoint }, handling.sumMs / 1000, '_sum'], [{ endpoint }, sum, '_count']]
}

const ofBacklog = ({ records, messages, oldestMs }: Backlog): readonly string[] => [
  family('outbox_backlog_records', 'gauge', {
    help: 'Records with something that is saved and not sent; at most 1000 are counted.',
    samples: [[{}, records]],
  }),
  family('outbox_backlog_messages', 'gauge', {
    help: 'The messages in those records.',
    samples: [[{}, messages]],
  }),
  family('outbox_backlog_oldest_seconds', 'gauge', {
    help: 'The age of the oldest of those records.',
    samples: [[{}, oldestMs / 1000]],
  }),
]

const ofMeter = (meter: Counters): readonly string[] =>
  (
    [
      ['stored', 'Messages whose effect was saved.'],
      ['duplicates', 'Messages that were skipped, as their effect had been saved before.'],
      ['dispatched', 'Outgoing messages that the broker has taken.'],
      ['relayed', 'Records that a relay has dispatched.'],
      ['removed', 'Records that were removed after their retention.'],
    ] as const
  ).map(([what, help]) =>
    family(`messages_${what}_total`, 'counter', {
      help,
      samples: meter.endpoints().map((endpoint) => [{ endpoint }, meter.total(what, endpoint)]),
    }),
  )

type Family = { readonly help: string; readonly samples: readonly Sample[] }

function family(name: string, type: string, { help, samples }: Family): string {
  const full = `workshop_${name}`
  const lines = samples.map(
    ([labels, value, suffix = '']) => `${full}${suffix}${labelled(labels)} ${value}\n`,
  )
  return [`# HELP ${full} ${help}\n`, `# TYPE ${full} ${type}\n`, ...lines].join('')
}

function labelled(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
