// HTTP in the real world, over `fetch`. Nothing is sent twice: what is not known to have happened
// is told as `Unknown`, and whoever calls decides.
//
// It follows no redirect, keeps no cookies, and does not look at what it carries.

import {
  type Http,
  type HttpCall,
  type HttpResponse,
  Unavailable,
  Unknown,
} from '../../world/index.ts'
import { responseOf, wireRequestOf } from '../wire.ts'

export type FetchHttpOptions = {
  /** Who calls: sent as `user-agent`. */
  readonly name: string
  /** Where a server is, such as `http://127.0.0.1:8080`. Undefined: nobody knows, which is
   *  `Unavailable`. */
  readonly origin: (server: string) => string | undefined | Promise<string>
  /** The largest response that it reads, in bytes. Default 1,048,576; of a larger one the caller is
   *  told `Unknown`. */
  readonly maxBodyBytes?: number
}

export const defaultTimeLimitMs = 10_000

/** Errors that come before the first byte of a request has left. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

export function fetchHttp(options: FetchHttpOptions): Http {
  const { name, origin, maxBodyBytes = 1_048_576 } = options
  return {
    send: async (call) => {
      const { method, path, headers, body } = wireRequestOf(call)
      const where = await origin(call.to)
      if (where === undefined) {
        throw new Unavailable(`expected to know where ${call.to} is, nobody does`)
      }
      try {
        const response = await fetch(`${where}${path}`, {
          method,
          headers: { 'user-agent': name, ...headers },
          body: body ?? null,
          redirect: 'manual',
          signal: AbortSignal.timeout(call.timeLimitMs ?? defaultTimeLimitMs),
        })
        return await read(response, maxBodyBytes)
      } catch (cause) {
        throw outcomeOf(call, cause)
      }
    },
  }
}

async function read(response: Response, maxBodyBytes: number): Promise<HttpResponse> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    bytes += chunk.byteLength
    if (bytes > maxBodyBytes) {
      throw new Error(`expected a response of at most ${maxBodyBytes} bytes, got more`)
    }
  }
  return responseOf({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: bytes === 0 ? undefined : new TextDecoder().decode(Buffer.concat(chunks)),
  })
}

function outcomeOf({ to, method, path }: HttpCall, cause: unknown): Error {
  const what = `${method} ${path} of ${to}`
  if (codesOf(cause).some((code) => neverSent.has(code))) {
    return new Unavailable(`expected ${to} to take a connection for ${what}, it does not`, {
      cause,
    })
  }
  return new Unknown(`expected a response to ${what}, got none`, { cause })
}

/** Where a name has several addresses, there is one error for each: nothing was sent to any. */
function codesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return []
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  return [...own, ...codesOf(error.cause)]
}
