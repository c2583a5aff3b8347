// Believed: "Nothing counts as sent before it is marked as sent." Fails with: ALTERNATIVE_WORLDS
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

export const crashTable: readonly Row[] = [
  {
    crashAfter: ['load'],
    outbox: 'absent',
    sent: 0,
    nextCopy: ['save', 'publish', 'publish', 'save'],
  },
  { crashAfter: ['save'], outbox: 'list', sent: 0, nextCopy: ['publish', 'publish', 'save'] },
  {
    crashAfter: ['save', 'publish'],
    outbox: 'list',
    sent: 0,
    nextCopy: ['publish', 'publish', 'save'],
  },
  {
    crashAfter: ['save', 'publish', 'publish'],
    outbox: 'list',
    sent: 2,
    nextCopy: ['publish', 'publish', 'save'],
  },
  { crashAfter: ['save', 'publish', 'publish', 'save'], outbox: 'null', sent: 2, nextCopy: [] },
]
