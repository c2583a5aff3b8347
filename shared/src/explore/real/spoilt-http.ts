// Calls over HTTP that are spoilt on their way, as the director decides for each of them.

import {
  type Http,
  type HttpCall,
  type HttpResponse,
  realWorld,
  Unavailable,
  Unknown,
} from '../../world/index.ts'
import { type Gate, lateMs } from './gate.ts'
import type { Spoiled } from './protocol.ts'

/** Work that goes on after its caller has been told something. */
export type Later = (work: () => Promise<unknown>) => void

/** Sends `call` as `spoiled` says. */
export async function sendSpoilt(
  http: Http,
  call: HttpCall,
  { spoiled, later }: { readonly spoiled: Spoiled | undefined; readonly later: Later },
): Promise<HttpResponse> {
  const again = (): void => later(() => http.send(call))
  switch (spoiled) {
    case 'refused':
      throw new Unavailable(`the connection to ${call.to} was refused`)
    case 'delayed':
      again()
      throw new Unknown(`no response of ${call.to} in time`)
    case 'lost':
      throw new Unknown(`no response of ${call.to} in time`)
    case 'unanswered':
      await http.send(call).catch(() => undefined)
      throw new Unknown(`the response of ${call.to} was lost`)
    case 'doubled':
    case 'copied late': {
      const response = await http.send(call)
      again()
      return response
    }
    case undefined:
      return http.send(call)
  }
}

/** Counts what goes on alone, each a little later; nobody hears how it ends. */
export function laterWith(changed: (by: 1 | -1) => void): Later {
  return (work) => {
    changed(1)
    const done = realWorld()
      .sleep(lateMs)
      .then(work)
      .catch(() => undefined)
    void done.then(() => changed(-1))
  }
}

/** `http`, whose calls pass `gate`. */
export function gatedHttp(http: Http, gate: Gate, later: Later): Http {
  return {
    send: (call) =>
      gate.pass({ kind: 'request' }, async (spoiled) => {
        // The gate itself tells the caller of what was lost on its way back.
        const mine = spoiled === 'unanswered' ? undefined : spoiled
        const value = await sendSpoilt(http, call, { spoiled: mine, later })
        return { value, deed: { kind: 'exchanged' } }
      }),
  }
}
