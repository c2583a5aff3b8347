import type { StepKind } from '@workshop/shared/explore'

/** One crash of the process that handles the porsche, the first gift of an order. */
export type Row = {
  /** What it has done since it got the message; the last of it is the last thing before it dies. */
  readonly crashAfter: readonly StepKind[]
  /** What the order's outbox says about the message at that moment. */
  readonly outbox: 'absent' | 'list' | 'null' | '?'
  /** How many events the broker has by then. */
  readonly sent: number | '?'
  /** What the next copy saves and publishes until it is acknowledged, in order. */
  readonly nextCopy: readonly ('save' | 'publish' | '?')[]
}

// TODO Fill it in before you run it: in each row a crash, and what it leaves.
export const crashTable: readonly Row[] = [
  { crashAfter: ['load'], outbox: '?', sent: '?', nextCopy: ['?'] },
  { crashAfter: ['save'], outbox: '?', sent: '?', nextCopy: ['?'] },
  { crashAfter: ['save', 'publish'], outbox: '?', sent: '?', nextCopy: ['?'] },
  { crashAfter: ['save', 'publish', 'publish'], outbox: '?', sent: '?', nextCopy: ['?'] },
  { crashAfter: ['save', 'publish', 'publish', 'save'], outbox: '?', sent: '?', nextCopy: ['?'] },
]
