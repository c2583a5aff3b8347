import { type Answered, effectOnce, oneAnswer, type View } from '@workshop/shared/check'
import { explore } from '@workshop/shared/explore'
import { canonicalJson } from '@workshop/shared/message'
import { test } from 'vitest'
import { noPayments, toleranceMs, windowMs } from './booking.ts'
import { payment, sends, untilAnswered } from './clients.ts'
import { pay } from './payments.ts'

const servers = { payments: [pay] }

const bookedBy = (end: View, caller: string): readonly string[] =>
  end.entity(`pay/${caller}`, noPayments).booked

/** Who has asked for what, under which key. Failures may differ, and what is in progress. */
const askedFor = ({ request: { headers, body }, response }: Answered): string | undefined =>
  response.status < 300 || response.status === 402
    ? `${headers['authorization']} ${headers['idempotency-key']} ${canonicalJson(body)}`
    : undefined

const once = (end: View) => [
  effectOnce(bookedBy(end, 'ann'), 'porsche'),
  oneAnswer(end, askedFor),
]

test('a payment that is sent once is booked once', () =>
  explore({ servers, clients: { ann: sends(payment('ann')) }, finally: once }))

test('a payment is booked once, whatever crashes and whichever answer is lost', () =>
  explore({
    servers,
    clients: { ann: untilAnswered(payment('ann')) },
    faults: { crashes: 1, lostResponses: 1 },
    finally: once,
  }))

test('a payment is booked once, also when it is asked for again while it runs', () =>
  explore({
    servers,
    clients: { ann: untilAnswered(payment('ann')) },
    faults: { delayedRequests: 1 },
    time: 'adversarial',
    finally: once,
  }))

test('a payment is booked once, also when the store fails, or does not say what it did', () =>
  explore({
    servers,
    clients: { ann: untilAnswered(payment('ann')) },
    faults: { failedSaves: 1, unknown: 1 },
    finally: once,
  }))

test('the key of one caller says nothing to another', () =>
  explore({
    servers,
    clients: { ann: untilAnswered(payment('ann')), ben: untilAnswered(payment('ben')) },
    finally: (end) => [...once(end), effectOnce(bookedBy(end, 'ben'), 'porsche')],
  }))

/** The store keeps a key for as long as it has to, and not a moment longer. */
const expiry = {
  mode: 'vanishes',
  lifetimeMs: (key: string) => (key.includes('/keys/') ? windowMs + toleranceMs : undefined),
} as const

test('a copy that arrives when its key is forgotten books nothing', () =>
  explore({
    servers,
    clients: { ann: sends(payment('ann')) },
    store: { expiry },
    faults: { copiedRequests: 1 },
    finally: once,
  }))
