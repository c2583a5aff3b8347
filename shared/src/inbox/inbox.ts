// The inbox: an incoming behaviour that remembers each message in the same write set as what its
// handler saves. The handler needs no deduplication code. It is for handlers that send nothing; one
// that does belongs into an outbox.
//
// | Crash                    | Durable              | The next copy          |
// | before the save          | nothing              | runs the handler       |
// | save lost, reply unknown | all of it, or nothing| finds out, then as here|
// | after the save           | effect and record    | is skipped             |
//
// Not promised: anything about a copy that arrives after `retention` has removed the record.

import type { Behaviour } from '../pipeline/index.ts'
import { type Meter, noMeter } from './meter.ts'
import { once } from './once.ts'
import type { PartitionOf } from './partition.ts'

export type InboxOptions = {
  /** Where the entity of a message is: `partitionIn('orderId')`. */
  readonly partition: PartitionOf
  /** Is told of `stored` and `duplicates`. Default: nobody is. */
  readonly meter?: Meter
}

/** Stands inside of all retries: `[...standard(), inbox({ partition })]`. Errors: as `once`; an
 *  `Error` where the handler sends a message. */
export function inbox({ partition, meter = noMeter }: InboxOptions): Behaviour {
  return {
    incoming: async (context, next) => {
      const { endpoint } = context
      const { isDuplicate } = await once(context, {
        partition,
        work: async (store) => {
          await next({ store, dispatch: ({ message }) => refuse(message.type, endpoint) })
          return []
        },
      })
      meter.count(isDuplicate ? 'duplicates' : 'stored', endpoint, 1)
    },
  }
}

const refuse = (type: string, endpoint: string): Promise<never> =>
  Promise.reject(
    new Error(
      `expected a handler that sends nothing inside of inbox(), got ${type} from ${endpoint}. ` +
        'Use outbox(), which stores what is sent together with the effect',
    ),
  )
