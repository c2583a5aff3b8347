// JSON in one form only: keys sorted, no white space. Equal content means equal bytes, whoever
// wrote it, so that "same id, same content" can be checked on bytes. What JSON would change without
// a word (a Set, a Date, NaN, undefined in a list, half a surrogate pair) is refused instead.

/** Deeper values are refused, so that no message can exhaust the stack of its reader. */
export const maxJsonDepth = 64

/** `value` as canonical JSON text. Throws a TypeError that names the place of what is not JSON. */
export function canonicalJson(value: unknown): string {
  return write(value, '$', 0)
}

function write(value: unknown, path: string, depth: number): string {
  if (depth > maxJsonDepth) {
    throw new TypeError(`expected JSON at most ${maxJsonDepth} levels deep, got more at ${path}`)
  }
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return text(value, path)
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return JSON.stringify(value)
    throw unfit(String(value), path)
  }
  if (Array.isArray(value)) {
    // Array.from visits the holes of a sparse list too, which `map` would leave out.
    return `[${Array.from(value, (item, i) => write(item, `${path}[${i}]`, depth + 1)).join(',')}]`
  }
  if (typeof value === 'object' && isPlain(value)) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => {
        const place = `${path}.${key}`
        return `${text(key, place)}:${write(member, place, depth + 1)}`
      })
    return `{${members.join(',')}}`
  }
  throw unfit(describe(value), path)
}

function text(value: string, path: string): string {
  if (value.isWellFormed()) return JSON.stringify(value)
  throw unfit('half a surrogate pair', path)
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

function describe(value: unknown): string {
  if (typeof value !== 'object' || value === null) return `a ${typeof value}`
  return `an instance of ${value.constructor?.name ?? 'an unnamed class'}`
}

function unfit(got: string, path: string): TypeError {
  return new TypeError(`expected a JSON value at ${path}, got ${got}`)
}
