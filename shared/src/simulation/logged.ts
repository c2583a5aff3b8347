// What code writes to the console while a simulated world runs: heard, and written nowhere. A
// search makes thousands of runs, and a line from each of them would help nobody; in a run that is
// shown, it is a note at its place.

import { format } from 'node:util'

const methods = ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const

/** Hears the console from now on. Returns what gives it back. */
export function hearConsole(hear: (text: string) => void): () => void {
  const before = methods.map((method) => Object.getOwnPropertyDescriptor(console, method))
  for (const method of methods) {
    Object.defineProperty(console, method, {
      configurable: true,
      enumerable: true,
      writable: true,
      value: (...given: readonly unknown[]) => hear(format(...given)),
    })
  }
  return () => {
    for (const [index, method] of methods.entries()) {
      const own = before[index]
      if (own) Object.defineProperty(console, method, own)
    }
  }
}
