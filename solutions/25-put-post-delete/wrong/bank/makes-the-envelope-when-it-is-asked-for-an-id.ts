// Believed: "Whoever asks for an id gets an empty envelope: what is not there cannot be sealed." Fails with: LEFTOVERS
import { bodyOf, del, get, post, problem, put } from '@workshop/shared/http'
import { absent } from '@workshop/shared/store'
import { accountKey, type Envelope, envelopeKey, noPayments, pay } from './account.ts'
import { Payment } from './letters.ts'

/** Gives an id for an envelope, and changes nothing. */
const mint = get('/envelopes/new', async (_request, { store, ids }) => {
  const id = `1-${ids.next()}`
  await store.save(envelopeKey(id), {}, absent)
  return { status: 200, body: { id } }
})

/** Seals a payment in an envelope. Who is not sure that it is there may do so again. */
const seal = put('/envelopes/:id', async (request, { store }) => {
  const { id = '' } = request.params
  const payment = bodyOf(request, Payment)
  const kept = await store.load<Partial<Envelope> | undefined>(envelopeKey(id), undefined)
  if (!kept.value) return problem(410, 'expected an id that is new')
  if (kept.value.payment) return { status: 200 }
  await store.save(envelopeKey(id), { payment }, kept.version)
  return { status: 201 }
})

/** Opens an envelope: pays or declines, once, and gives the same answer each time. */
const open = post('/envelopes/:id', async ({ params: { id = '' } }, { store }) => {
  const account = await store.load(accountKey, noPayments)
  const kept = await store.load<Envelope | undefined>(envelopeKey(id), undefined)
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
  const kept = await store.load<Envelope | undefined>(envelopeKey(id), undefined)
  await store.remove(envelopeKey(id), kept.version)
  return { status: 204 }
})

export const bank = [mint, seal, open, shred]
