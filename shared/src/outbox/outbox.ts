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
// flight, nor between those of one handler where one of them has to be sent again; that what is
// only read is still so when the rest is saved, and anything about a copy that arrives after
// `retention` has removed the record.

import { type Meter, noMeter, once, type PartitionOf, type Processed } from '../inbox/index.ts'
import { type Behaviour, type Dispatch, type IncomingContext, reasonOf } from '../pipeline/index.ts'
import { dispatchAll, mark, outgoingIn } from './dispatching.ts'
import { Marking } from './marking.ts'
import { stored, type StoredDispatch } from './stored-dispatch.ts'

export type OutboxOptions = {
  /** Where the entity of a message is: `partitionIn('orderId')`. */
  readonly partition: PartitionOf
  /** Is told of `stored`, `duplicates` and `dispatched`. Default: nobody is. */
  readonly meter?: Meter
  /** Whether a relay runs over this store, in whatever process. Then the acknowledgement does not
   *  wait for the mark, which spares each message one wait for the disk: a crash between the two is
   *  mended by the relay, which sends all once more. Default false. */
  readonly hasRelay?: boolean
}

/** The effect of a message is saved, and what it sends is not all sent. It is stored: a copy or the
 *  relay sends it. As a reason of a dead letter it says that nothing is lost. */
export class NotDispatched extends Error {
  override readonly name = 'NotDispatched'
}

/** Stands inside of all retries: `[...standard(), outbox({ partition })]`. Whatever stands inside of
 *  it must run the handler once: all that several runs send would be stored. Errors: as `once`
 *  before anything is saved, `NotDispatched` after that. */
export function outbox({ partition, meter = noMeter, hasRelay = false }: OutboxOptions): Behaviour {
  const marking = new Marking()
  return {
    incoming: async (context, next) => {
      const sent: Dispatch[] = []
      const processed = await once(context, {
        partition,
        isNotedByMark: hasRelay,
        work: async (store) => {
          const captured: StoredDispatch[] = []
          await next({
            store,
            dispatch: async (dispatch) => {
              captured.push(stored(dispatch))
              sent.push(dispatch)
            },
          })
          return captured
        },
      })
      meter.count(processed.isDuplicate ? 'duplicates' : 'stored', context.endpoint, 1)
      await finish(processed, context, { sent, meter, isMarked: !hasRelay })
      if (hasRelay) marking.add({ record: processed, context })
    },
    finished: () => marking.finished(),
  }
}

type Finishing = {
  /** What the handler has sent, if it ran: the same that is stored, byte for byte. */
  readonly sent: readonly Dispatch[]
  readonly meter: Meter
  readonly isMarked: boolean
}

async function finish(
  unfinished: Processed,
  { endpoint, message, store, dispatch }: IncomingContext,
  { sent, meter, isMarked }: Finishing,
): Promise<void> {
  const onDispatched = (): void => meter.count('dispatched', endpoint, 1)
  try {
    const outgoing = unfinished.isDuplicate ? outgoingIn(unfinished.record) : sent
    await dispatchAll(outgoing, { dispatch, isOneByOne: false, onDispatched })
    if (isMarked) await mark(unfinished, store)
  } catch (error) {
    throw new NotDispatched(
      `the effect of ${message.type} ${message.id} is saved, and what it sends is stored, but not ` +
        `all of it is known to be sent: ${reasonOf(error)}`,
      { cause: error },
    )
  }
}
