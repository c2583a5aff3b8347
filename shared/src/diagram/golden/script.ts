// Short ways to write down the events of a run by hand. It numbers the steps and names the pieces
// of work; everything else is as it is told.

import type { DiagramEvent, MessageLabel, Outcome } from '../model.ts'

/** An event before it has its number. */
export type Line = DiagramEvent extends infer Event
  ? Event extends DiagramEvent
    ? Omit<Event, 'step'>
    : never
  : never

export const numbered = (lines: readonly Line[]): readonly DiagramEvent[] =>
  lines.map((line, index) => ({ ...line, step: index + 1 }))

export const sent = (from: string, to: string, message: MessageLabel): Line => ({
  kind: 'sent',
  from,
  to,
  message,
  outcome: { is: 'done' },
})

type Party = {
  readonly queue: string
  readonly process: string
  readonly message: MessageLabel
  readonly file: string
  readonly work: string
}

type Taking = { readonly attempt?: number; readonly copy?: 'duplicate' | 'late copy' }
type Settling = { readonly reason: string }

/** One delivery: each method is a step of it. */
export function delivery({ queue, process, message, file, work }: Party) {
  const at = (line: number) => ({ work, source: { file, line } })
  const call =
    (label: string, isWrite: boolean) =>
    (outcome: Outcome, line: number): Line => ({
      ...at(line),
      kind: 'call',
      from: process,
      to: 'store',
      label,
      isWrite,
      outcome,
      about: [label.split(' ')[1] ?? ''],
    })
  const settles =
    (how: 'ack' | 'retry' | 'dead letter') =>
    (why?: Settling): Line => ({
      work,
      kind: 'settled',
      from: process,
      to: queue,
      message,
      how,
      ...why,
    })
  return {
    takes: ({ attempt = 1, copy }: Taking = {}): Line => ({
      work,
      kind: 'handed out',
      from: queue,
      to: process,
      message,
      attempt,
      ...(copy === undefined ? {} : { copy }),
    }),
    loads: (key: string, answer: string, line: number): Line =>
      call(`load ${key}`, false)({ is: 'done', answer }, line),
    saves: (key: string, outcome: Outcome | string, line: number): Line =>
      call(`save ${key}`, true)(
        typeof outcome === 'string' ? { is: 'done', answer: outcome } : outcome,
        line,
      ),
    publishes: (to: string, what: MessageLabel, line: number): Line => ({
      ...sent(process, to, what),
      ...at(line),
    }),
    acks: settles('ack'),
    retries: settles('retry'),
    deadLetters: settles('dead letter'),
  }
}
