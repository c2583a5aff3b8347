// Calls to other systems over HTTP, as their caller sees them: an exchange of plain, frozen data,
// and not of streams. The same call is made in the real world and in a simulated one.
//
// It does not repeat anything by itself: whoever calls decides, and knows what that may do.

/** Names are in lower case. */
export type HttpHeaders = Readonly<Record<string, string>>

export type HttpCall = {
  /** The name of the server: `payments`. */
  readonly to: string
  /** `GET`, `POST`, `PUT`, `PATCH` or `DELETE`. */
  readonly method: string
  /** With its query, if any: `/payments/p-1?expand=refunds`. */
  readonly path: string
  readonly headers?: HttpHeaders
  /** A JSON value; undefined: no body. */
  readonly body?: unknown
  /** How long the caller waits for the response, in milliseconds. Default 10,000. A simulated world
   *  decides by its faults whether it has passed. */
  readonly timeLimitMs?: number
}

export type HttpResponse = {
  readonly status: number
  readonly headers: HttpHeaders
  /** A JSON value; undefined: no body. */
  readonly body?: unknown
}

export interface Http {
  /** Resolves with the response, whatever its status. Rejects with `Unavailable` when the request
   *  certainly did not arrive, as where the connection is refused; and with `Unknown` when nobody
   *  knows: no response within the time limit, or the connection was lost. */
  send(call: HttpCall): Promise<HttpResponse>
}

/** For those who were given no other: every call is a mistake. */
export const noHttp: Http = {
  send: ({ to, method, path }) =>
    Promise.reject(
      new Error(
        `expected a way to call ${to}, got none: ${method} ${path}. Give the option \`http\``,
      ),
    ),
}
