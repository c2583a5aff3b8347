// Why a request was refused, for the client: `application/problem+json` (RFC 9457).

import { STATUS_CODES } from 'node:http'
import type { HttpHeaders, HttpResponse } from '../world/index.ts'

/** A response that says what was expected. `detail` is for the client's author: it tells nothing of
 *  others' data. */
export function problem(status: number, detail: string, headers: HttpHeaders = {}): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
    body: { type: 'about:blank', title: STATUS_CODES[status] ?? 'Problem', status, detail },
  }
}

/** A problem, thrown: the server answers with it. For helpers that cannot return a response. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem'
  readonly response: HttpResponse

  constructor(status: number, detail: string, headers?: HttpHeaders) {
    super(`${status}: ${detail}`)
    this.response = problem(status, detail, headers)
  }
}
