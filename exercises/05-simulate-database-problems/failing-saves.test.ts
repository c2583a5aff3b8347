import { effectOnce, noGhosts, type Verdict, type View, Violation } from '@workshop/shared/check'
import { explore, findsBug, sparesCorrect, type Specification } from '@workshop/shared/explore'
import type { Handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded } from '@workshop/shared/shop'
import { test } from 'vitest'
import { failingSaves } from './failing-saves.ts'
import { announcesTooEarly, savesQuietly } from './planted.ts'

const itemsOf = (end: View) => end.entity('order-1', emptyOrder).items

/** Somebody orders `item` while the database fails for globes. */
const shopOf = (addItem: Handler, item: string): Omit<Specification, 'finally'> => ({
  endpoints: { orders: [addItem] },
  given: [AddItem({ orderId: 'order-1', item })],
  behaviours: () => [failingSaves('globe')],
})

const neverSaved = (end: View): Verdict =>
  itemsOf(end).length === 0
    ? undefined
    : new Violation('BUG_SURVIVED', 'expected that no save succeeds, got one that did', {
        about: ['order-1'],
      })

const refused = (end: View): Verdict =>
  end.deadLetters.length === 1
    ? undefined
    : new Violation('BUG_SURVIVED', 'expected an error from each save, got a command that was done')

test('the database never saves a globe, and says so', () =>
  explore({
    ...shopOf(savesQuietly, 'globe'),
    deadLetters: true,
    finally: (end) => [neverSaved(end), refused(end)],
  }))

test('the monkey finds a handler that announces a globe too early', () =>
  findsBug(
    'it announces what may never be saved',
    explore({
      ...shopOf(announcesTooEarly, 'globe'),
      deadLetters: true,
      finally: (end) => [noGhosts(end, ItemAdded, ({ item }) => itemsOf(end).includes(item))],
    }),
  ))

test('the monkey spares what is no globe', () =>
  sparesCorrect(
    'it saves a porsche',
    explore({
      ...shopOf(savesQuietly, 'porsche'),
      finally: (end) => [effectOnce(itemsOf(end), 'porsche')],
    }),
  ))
