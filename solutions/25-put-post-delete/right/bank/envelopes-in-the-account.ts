// Keeps the envelopes in the account itself: one entity, one save, and no `saveAll`. It is as large
// as what is in work.
import { bodyOf, del, get, post, problem, put } from '@workshop/shared/http'
import { accountKey, type Envelope, noPayments, numberOf, pay } from './account.ts'
import { Payment } from './letters.ts'

const nothing = { ...noPayments, envelopes: {} as Readonly<Record<string, Envelope>> }

/** Gives an id for an envelope, and changes nothing. */
const mint = get('/envelopes/new', async (_request, { store, ids }) => {
  const { value: account } = await store.load(accountKey, nothing)
  return { status: 200, body: { id: `${account.next}-${ids.next()}` } }
})

/** Seals a payment in an envelope. Who is not sure that it is there may do so again. */
const seal = put('/envelopes/:id', async (request, { store }) => {
  const { id = '' } = request.params
  const payment = bodyOf(request, Payment)
  const { value: account, version } = await store.load(accountKey, nothing)
  if (account.envelopes[id]) return { status: 200 }
  if (numberOf(id) !== account.next) return problem(410, 'expected an id that is new')
  const envelopes = { ...account.envelopes, [id]: { payment } }
  await store.save(accountKey, { ...account, next: account.next + 1, envelopes }, version)
  return { status: 201 }
})

/** Opens an envelope: pays or declines, once, and gives the same answer each time. */
const open = post('/envelopes/:id', async ({ params: { id = '' } }, { store }) => {
  const { value: account, version } = await store.load(accountKey, nothing)
  const envelope = account.envelopes[id]
  if (!envelope) return problem(410, 'expected an envelope, got none')
  if (envelope.answer) return { status: 200, body: envelope.answer }
  const { after, answer } = pay(account, envelope.payment)
  const envelopes = { ...account.envelopes, [id]: { ...envelope, answer } }
  await store.save(accountKey, { ...after, envelopes }, version)
  return { status: 200, body: answer }
})

/** Throws an envelope away. Nothing will ever come of its id, also where none has come so far. */
const shred = del('/envelopes/:id', async ({ params: { id = '' } }, { store }) => {
  const { value: account, version } = await store.load(accountKey, nothing)
  const { [id]: _thrown, ...envelopes } = account.envelopes
  const next = numberOf(id) === account.next ? account.next + 1 : account.next
  await store.save(accountKey, { ...account, next, envelopes }, version)
  return { status: 204 }
})

export const bank = [mint, seal, open, shred]
