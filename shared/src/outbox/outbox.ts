// The outbox: an incoming behaviour that stores what a handler sends in the same write set as what
// it saves, sends it afterwards, and marks it as sent. A duplicate finds the record: the handler
// does not run, and what was not marked is sent again, as it was. So the effect is there once, and
// each message has one id and one content, in as many copies as it takes. The handler needs no
// deduplication code and no ids of its own; whoever receives what it sends does deduplicate.
//
// | Crash                    | Durable                     | The next copy           |
// | before the save          | nothing; nothing was sent   | runs the handler        |
// | save lost, reply unknown | all of it, or nothing       | finds out, then as here |
// | save, dispatch           | effect and record           | sends all               |
// | amid the dispatch        | effect and record; some sent| sends all, same bytes   |
// | dispatch, mark           | effect and record; all sent | sends all, same bytes   |
// | mark, acknowledgement    | effect and marked record    | is skipped              |
// | a copy saved first       | the copy's effect and record| conflict, then as above |
//
// Where no copy comes any more, a relay sends it. Not promised: order between two messages in
// flight, that what is only read is still so when the rest is saved, and anything about a copy that
// arrives after `retention` has removed the record.

import { type Meter, noMeter, once, type PartitionOf } from '../inbox/index.ts'
import { type Behaviour, type IncomingContext, reasonOf } from '../pipeline/index.ts'
import { finish, type Unfinished } from './dispatching.ts'
import { stored, type StoredDispatch } from './stored-dispatch.ts'

export type OutboxOptions = {
  /** Where the entity of a message is: `partitionIn('orderId')`. */
  readonly partition: PartitionOf
  /** Is told of `stored`, `duplicates` and `dispatched`. Default: nobody is. */
  readonly meter?: Meter
}

/** The effect of a message is saved, and what it sends is not all sent. It is stored: a copy or the
 *  relay sends it. As a reason of a dead letter it says that nothing is lost. */
export class NotDispatched extends Error {
  override readonly name = 'NotDispatched'
}

/** Stands inside of all retries: `[...standard(), outbox({ partition })]`. Whatever stands inside of
 *  it must run the handler once: all that several runs send would be stored. Errors: as `once`
 *  before anything is saved, `NotDispatched` after that. */
export function outbox({ partition, meter = noMeter }: OutboxOptions): Behaviour {
  return {
    incoming: async (context, next) => {
      const processed = await once(context, {
        partition,
        work: async (store) => {
          const sent: StoredDispatch[] = []
          await next({
            store,
            dispatch: async (dispatch) => {
              sent.push(stored(dispatch))
            },
          })
          return sent
        },
      })
      meter.count(processed.isDuplicate ? 'duplicates' : 'stored', context.endpoint, 1)
      await dispatch(processed, context, meter)
    },
  }
}

async function dispatch(
  unfinished: Unfinished,
  { endpoint, message, store, dispatch: send }: IncomingContext,
  meter: Meter,
): Promise<void> {
  const onDispatched = (): void => meter.count('dispatched', endpoint, 1)
  try {
    await finish(unfinished, { store, dispatch: send, onDispatched })
  } catch (error) {
    throw new NotDispatched(
      `the effect of ${message.type} ${message.id} is saved, and what it sends is stored, but not ` +
        `all of it is known to be sent: ${reasonOf(error)}`,
      { cause: error },
    )
  }
}
