// Frozen copies: what a store hands out can be read by anyone and changed by nobody, so that the
// one way to change what is stored is to save it.

/** The value in `json`, which nobody else holds, deeply frozen. */
export function frozenJson(json: string): unknown {
  return deepFreeze(JSON.parse(json))
}

/** A deeply frozen copy of plain data; `value` itself stays as it is. */
export function frozenCopy<T>(value: T): T {
  // A copy of a list is a list, and one of an object has its members.
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy)) as T
  if (!isObject(value)) return value
  if (Object.getPrototypeOf(value) !== Object.prototype) return deepFreeze(structuredClone(value))
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value)) copy[key] = frozenCopy((value as typeof copy)[key])
  return Object.freeze(copy) as T
}

function deepFreeze<T>(value: T): T {
  if (isObject(value) && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const member of Object.values(value)) deepFreeze(member)
  }
  return value
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
