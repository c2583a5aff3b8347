// Refuses the real clock, real timers and real randomness while a simulated world runs: whatever
// depends on them could not be repeated. Each call is reported and throws.

import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

/** What was called, as its caller would write it: `Date.now()`. */
export type Report = (call: string) => void

export class RealTimeUsed extends Error {
  override readonly name = 'RealTimeUsed'
  readonly code = 'REAL_TIME_USED'
}

type Owner = Record<string, unknown>

const calls: readonly { readonly owner: object; readonly name: string; readonly text: string }[] = [
  { owner: Date, name: 'now', text: 'Date.now()' },
  { owner: performance, name: 'now', text: 'performance.now()' },
  { owner: Math, name: 'random', text: 'Math.random()' },
  { owner: globalThis, name: 'setTimeout', text: 'setTimeout(...)' },
  { owner: globalThis, name: 'setInterval', text: 'setInterval(...)' },
  { owner: globalThis, name: 'setImmediate', text: 'setImmediate(...)' },
  { owner: crypto, name: 'randomUUID', text: 'randomUUID()' },
  { owner: crypto, name: 'randomBytes', text: 'randomBytes(...)' },
  { owner: crypto, name: 'randomInt', text: 'randomInt(...)' },
  { owner: globalThis.crypto, name: 'randomUUID', text: 'crypto.randomUUID()' },
  { owner: globalThis.crypto, name: 'getRandomValues', text: 'crypto.getRandomValues(...)' },
]

/** Refuses them from now on. Returns what allows them again. */
export function refuseRealTime(report: Report): () => void {
  const refuse = (text: string): never => {
    report(text)
    throw new RealTimeUsed(`${text} was called in a simulated world. Use what the context gives`)
  }
  const before = calls.map(({ owner, name, text }) => {
    const own = Object.getOwnPropertyDescriptor(owner, name)
    Object.defineProperty(owner, name, {
      configurable: true,
      writable: true,
      enumerable: own?.enumerable ?? true,
      value: () => refuse(text),
    })
    return own
  })
  const { Date: RealDate } = globalThis
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given, newTarget) =>
      given.length === 0 ? refuse('new Date()') : Reflect.construct(target, given, newTarget),
    apply: () => refuse('Date()'),
  })
  syncBuiltinESMExports()
  return () => {
    globalThis.Date = RealDate
    for (const [index, { owner, name }] of calls.entries()) {
      const own = before[index]
      if (own) Object.defineProperty(owner, name, own)
      else delete (owner as Owner)[name]
    }
    syncBuiltinESMExports()
  }
}
