// Rows of calls that are refused with a sentence, before any effect.

import type { Broker } from '@workshop/shared/broker'
import { client, type Sender } from '@workshop/shared/pipeline'
import type { Store } from '@workshop/shared/store'
import type { Row } from './sees.ts'

export type Given = {
  /** It has a queue `orders`, which takes the event `Anything`. */
  readonly broker: Broker
  readonly store: Store
  /** A folder that is empty. */
  readonly directory: string
}

/** A row whose call has to reject with the sentence. */
export type RefusedRow = Row & { readonly attempt: (given: Given) => Promise<unknown> }

type Attempt = RefusedRow['attempt']

export const isRefused = 'nothing is sent or saved'

/** Makes rows of which all the same becomes. */
export const refused =
  (becomes: string) =>
  (given: string, attempt: Attempt, sees: string): RefusedRow => ({ given, sees, becomes, attempt })

export const publisher = (broker: Broker): Sender =>
  client({ name: 'customer', broker, routes: { AddItem: 'orders' } })
