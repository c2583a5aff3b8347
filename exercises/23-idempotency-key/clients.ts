// Given: those who pay.
import type { Script } from '@workshop/shared/explore'
import { intentHeaders } from '@workshop/shared/http'
import type { HttpCall, HttpHeaders } from '@workshop/shared/world'

export const porsche = { order: 'porsche', amount: 60 }

export type Options = {
  readonly key?: string
  readonly body?: unknown
  /** By how much the client's clock is fast, in milliseconds. */
  readonly clockMs?: number
  readonly change?: (headers: HttpHeaders) => HttpHeaders
}

/** A request, as it is sent for the first time at `nowMs`. */
export type Payment = (nowMs: number) => HttpCall

export function payment(caller: string, options: Options = {}): Payment {
  const { key = 'k-1', body = porsche, clockMs = 0, change = (headers) => headers } = options
  return (nowMs) => ({
    to: 'payments',
    method: 'POST',
    path: '/payments',
    headers: change({
      authorization: `Bearer ${caller}`,
      ...intentHeaders({ key, firstSentMs: nowMs + clockMs }),
    }),
    body,
  })
}

/** Sends each once, one after the other. */
export const sends =
  (...payments: readonly Payment[]): Script =>
  async ({ http, clock }) => {
    for (const one of payments) await http.send(one(clock.nowMs())).catch(() => undefined)
  }

/** Sends the same request again and again, until there is an answer that is final. */
export const untilAnswered =
  (one: Payment): Script =>
  async ({ name, http, clock, sleep }) => {
    const call = one(clock.nowMs())
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const response = await http.send(call).catch(() => undefined)
      if (response && response.status < 500 && response.status !== 409) return
      // In progress, or not there: the server may say when to come again.
      await sleep(Number(response?.headers['retry-after'] ?? 0) * 1000)
    }
    throw new Error(`${name} has asked five times, and was never answered`)
  }
