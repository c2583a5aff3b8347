// JSON in one form only: keys sorted, no white space. Equal content means equal bytes, whoever
// wrote it, so that "same id, same content" can be checked on bytes. What JSON would change without
// a word (a Set, a Date, NaN, undefined in a list, half a surrogate pair) is refused instead.

/** Deeper values are refused, so that no message can exhaust the stack of its reader. */
export const maxJsonDepth = 64
/** Enough of a path that is too deep. */
const shownSteps = 3

/** `value` as canonical JSON text. Throws a TypeError that names the place of what is not JSON. */
export function canonicalJson(value: unknown): string {
  // What has its keys in order needs no more than a look: the engine writes it much faster.
  return isInOrder(value, 0) ? JSON.stringify(value) : write(value, [])
}

/** Whether JSON.stringify writes `value` in the canonical form. False as well where `write` has
 *  something to say about it. */
function isInOrder(value: unknown, depth: number): boolean {
  if (depth > maxJsonDepth) return false
  if (typeof value === 'string') return value.isWellFormed()
  if (value === null || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object') return false
  if (Array.isArray(value)) {
    if ('toJSON' in value) return false
    // By index, as that visits the holes of a sparse list too.
    for (let index = 0; index < value.length; index += 1) {
      if (!isInOrder(value[index], depth + 1)) return false
    }
    return true
  }
  if (!isPlain(value)) return false
  let before = ''
  for (const key of Object.keys(value)) {
    const member = (value as Readonly<Record<string, unknown>>)[key]
    const isKept = member === undefined || isInOrder(member, depth + 1)
    if (!isKept || key < before || !key.isWellFormed()) return false
    before = key
  }
  return true
}

/** Where a value is: `['items', 0]`. */
type Path = (string | number)[]

function write(value: unknown, path: Path): string {
  if (path.length > maxJsonDepth) {
    throw new TypeError(
      `expected JSON at most ${maxJsonDepth} levels deep, got more below ` +
        `${placeOf(path.slice(0, shownSteps))}. Does something contain itself?`,
    )
  }
  if (typeof value === 'string') return text(value, path)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return JSON.stringify(value)
    throw unfit(String(value), path)
  }
  if (Array.isArray(value)) return writeList(value, path)
  if (typeof value === 'object' && isPlain(value)) return writeObject(value, path)
  throw unfit(describe(value), path)
}

function writeList(list: readonly unknown[], path: Path): string {
  let json = ''
  // By index, as that visits the holes of a sparse list too.
  for (let index = 0; index < list.length; index += 1) {
    path.push(index)
    json += `${index === 0 ? '' : ','}${write(list[index], path)}`
    path.pop()
  }
  return `[${json}]`
}

function writeObject(object: object, path: Path): string {
  const members = object as Readonly<Record<string, unknown>>
  let json = ''
  for (const key of Object.keys(object).sort()) {
    const member = members[key]
    if (member === undefined) continue
    path.push(key)
    json += `${json === '' ? '' : ','}${text(key, path)}:${write(member, path)}`
    path.pop()
  }
  return `{${json}}`
}

function text(value: string, path: Path): string {
  if (value.isWellFormed()) return JSON.stringify(value)
  throw unfit('half a surrogate pair', path)
}

/** `$.items[0]` */
const placeOf = (path: Path): string =>
  path.reduce<string>((at, step) => at + (typeof step === 'number' ? `[${step}]` : `.${step}`), '$')

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

function describe(value: unknown): string {
  if (value === undefined) return 'undefined'
  if (typeof value !== 'object' || value === null) return `a ${typeof value}`
  return `an instance of ${value.constructor?.name ?? 'an unnamed class'}`
}

function unfit(got: string, path: Path): TypeError {
  return new TypeError(`expected a JSON value at ${placeOf(path)}, got ${got}`)
}
