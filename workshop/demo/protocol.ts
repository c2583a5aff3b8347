// What the processes of a demonstration tell the one that shows it, over the channel that Node
// opens between parent and child.

import type { BrokerSpec } from '@workshop/shared/broker'
import type { Item } from '@workshop/shared/shop'

/** What an endpoint's process is told when it starts. */
export type EndpointTask = {
  readonly name: string
  /** The file that exports the handlers. */
  readonly module: string
  readonly broker: BrokerSpec
  /** The folder of the store. */
  readonly directory: string
  readonly item: Item
}

export type Report =
  | { readonly kind: 'ready' }
  | { readonly kind: 'received'; readonly type: string; readonly attempt: number }
  | { readonly kind: 'failed'; readonly type: string; readonly reason: string }
  | { readonly kind: 'published'; readonly type: string; readonly to: 'queue' | 'event' }
  | { readonly kind: 'settled'; readonly type: string; readonly outcome: string }
