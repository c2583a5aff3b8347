// Believed: "A number that is spent is spent: the envelope can follow." Fails with: LEFTOVERS
import { bodyOf, del, get, post, problem, put } from '@workshop/shared/http'
import { accountKey, envelopeKey, noEnvelope, noPayments, numberOf, pay } from './account.ts'
import { Payment } from './letters.ts'

/** Gives an id for an envelope, and changes nothing. */
const mint = get('/envelopes/new', async (_request, { store, ids }) => {
  const { value: account } = await store.load(accountKey, noPayments)
  return { status: 200, body: { id: `${account.next}-${ids.next()}` } }
})

/** Seals a payment in an envelope. Who is not sure that it is there may do so again. */
const seal = put('/envelopes/:id', async (request, { store }) => {
  const { id = '' } = request.params
  const payment = bodyOf(request, Payment)
  const account = await store.load(accountKey, noPayments)
  const kept = await store.load(envelopeKey(id), noEnvelope)
  if (kept.value) return { status: 200 }
  if (numberOf(id) !== account.value.next) return problem(410, 'expected an id that is new')
  const after = { ...account.value, next: account.value.next + 1 }
  await store.save(accountKey, after, account.version)
  await store.save(envelopeKey(id), { payment }, kept.version)
  return { status: 201 }
})

/** Opens an envelope: pays or declines, once, and gives the same answer each time. */
const open = post('/envelopes/:id', async ({ params: { id = '' } }, { store }) => {
  const account = await store.load(accountKey, noPayments)
  const kept = await store.load(envelopeKey(id), noEnvelope)
  if (!kept.value) return problem(410, 'expected an envelope, got none')
  if (kept.value.answer) return { status: 200, body: kept.value.answer }
  const { after, answer } = pay(account.value, kept.value.payment)
  await store.saveAll([
    { key: accountKey, value: after, expected: account.version },
    { key: envelopeKey(id), value: { ...kept.value, answer }, expected: kept.version },
  ])
  return { status: 200, body: answer }
})

/** Throws an envelope away. Nothing will ever come of its id, also where none has come so far. */
const shred = del('/envelopes/:id', async ({ params: { id = '' } }, { store }) => {
  const account = await store.load(accountKey, noPayments)
  const kept = await store.load(envelopeKey(id), noEnvelope)
  const { next } = account.value
  const after = { ...account.value, next: numberOf(id) === next ? next + 1 : next }
  await store.saveAll([
    { key: accountKey, value: after, expected: account.version },
    { key: envelopeKey(id), remove: true, expected: kept.version },
  ])
  return { status: 204 }
})

export const bank = [mint, seal, open, shred]
