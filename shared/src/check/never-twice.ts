// A property for `always`: it holds as long as nothing has happened, too.

import { canonicalJson } from '../message/index.ts'
import { type Verdict, Violation } from './violation.ts'

/** Of these effects, each of which is that of another message, none stands there twice. */
export function neverTwice(effects: readonly unknown[]): Verdict {
  // It is asked after each step: equal texts are found without a canonical form.
  if (new Set(effects).size === effects.length && effects.every(isText)) return undefined
  const seen = new Set<string>()
  for (const effect of effects) {
    const json = canonicalJson(effect)
    if (seen.has(json)) {
      const sentence = `expected ${json} at most once, got it more often`
      return new Violation('DUPLICATE_EFFECT', sentence)
    }
    seen.add(json)
  }
  return undefined
}

const isText = (effect: unknown): boolean => typeof effect === 'string'
