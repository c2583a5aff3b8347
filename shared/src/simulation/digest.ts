// Digests: what tells two states apart. A digest is an integer below 2^53, mixed from two halves of
// 32 bits, so that among the millions of states of a search two do not meet by accident.

const high = 4_294_967_296
const mask = 0x1f_ff_ff

/** The digest of nothing, where a chain of `mix` begins. */
export const empty = 0x1b_87_35_93

/** The digest of `chain` followed by `next`. Not commutative: the two are spread differently, as
 *  whatever treated them alike could not tell 1 after 2 from 2 after 1. */
export function mix(chain: number, next: number): number {
  const nextLow = next | 0
  let low = Math.imul(chain | 0, 0x9e_37_79_b1) ^ nextLow
  let top = Math.imul((chain / high) | 0, 0x85_eb_ca_6b) ^ ((next / high) | 0)
  top ^= Math.imul(nextLow, 0x2c_1b_3c_6d)
  low = Math.imul(low ^ (low >>> 15) ^ top, 0xc2_b2_ae_35)
  top = Math.imul(top ^ (top >>> 13) ^ low, 0x27_d4_eb_2f)
  low = Math.imul(low ^ (low >>> 16) ^ top, 0x85_eb_ca_6b)
  return ((top ^ (top >>> 16)) & mask) * high + ((low ^ (low >>> 16)) >>> 0)
}

/** The digest of a text. */
export function digestOfText(text: string): number {
  let low = 0x9d_c5_81_1c
  let top = 0x41_c6_ce_57
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    low = Math.imul(low ^ unit, 0x9e_37_79_b1)
    top = Math.imul(top ^ unit, 0x5f_35_64_95)
  }
  low = Math.imul(low ^ (low >>> 16), 0x85_eb_ca_6b) ^ Math.imul(top ^ (top >>> 13), 0xc2_b2_ae_35)
  top = Math.imul(top ^ (top >>> 16), 0x85_eb_ca_6b) ^ Math.imul(low ^ (low >>> 13), 0xc2_b2_ae_35)
  return (top & mask) * high + (low >>> 0)
}

/** The digest of a value: as JSON has them, or a bigint, a date, a map, a set, bytes, an error. The
 *  order of an object's keys counts; functions, symbols and private fields do not. */
export function digestOf(value: unknown): number {
  switch (typeof value) {
    case 'undefined':
      return 1
    case 'boolean':
      return value ? 2 : 3
    case 'number':
      return !Number.isInteger(value) || Math.abs(value) >= 2 ** 31
        ? mix(5, digestOfText(String(value)))
        : mix(4, value)
    case 'string':
      return mix(6, digestOfText(value))
    case 'object':
      return value === null ? 7 : digestOfObject(value)
    case 'bigint':
      return mix(13, digestOfText(String(value)))
    case 'function':
    case 'symbol':
      return 8
  }
}

function digestOfBytes(bytes: Uint8Array): number {
  let low = 0x10_19_20_22
  let top = 0x3a_c5_d6_01
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0
    low = Math.imul(low ^ byte, 0x9e_37_79_b1)
    top = Math.imul(top ^ byte, 0x5f_35_64_95)
  }
  return mix(mix(10, low), top)
}

function digestOfObject(value: object): number {
  if (Array.isArray(value)) return value.reduce((chain, one) => mix(chain, digestOf(one)), 9)
  if (value instanceof Uint8Array) return digestOfBytes(value)
  if (value instanceof Date) return mix(14, digestOf(value.getTime()))
  if (value instanceof Map || value instanceof Set) return mix(15, digestOf([...value]))
  // The name and the message of an error are no entries of it.
  let chain = value instanceof Error ? digestOf([value.name, value.message]) : 12
  for (const [key, one] of Object.entries(value)) {
    if (typeof one === 'function') continue
    chain = mix(mix(chain, digestOfText(key)), digestOf(one))
  }
  return chain
}

const whole = 2 ** 53

/** The digest of two things in either order. */
export const join = (one: number, other: number): number =>
  one >= whole - other ? one - (whole - other) : one + other
