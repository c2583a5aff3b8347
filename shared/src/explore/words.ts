// Messages and stored values in a few words, as a picture has room for.

/** `AddItem(porsche)`: the values of the body, without the entity's key where there is more. */
export function labelOf(type: string, bodyText: string): string {
  return `${type}(${short(valuesOf(bodyText), 28)})`
}

/** `[porsche, sledge]`: as JSON, without what needs no saying. */
export function valueInWords(value: unknown): string {
  return short(plain(value), 36)
}

function valuesOf(bodyText: string): string {
  let body: unknown
  try {
    body = JSON.parse(bodyText)
  } catch {
    return bodyText
  }
  if (typeof body !== 'object' || body === null) return plain(body)
  const entries = Object.entries(body)
  const telling = entries.filter(([key]) => !key.endsWith('Id'))
  return (telling.length > 0 ? telling : entries).map(([, value]) => plain(value)).join(', ')
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(plain).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  const [only] = entries
  if (only && entries.length === 1) return plain(only[1])
  return `{${entries.map(([key, one]) => `${key}: ${plain(one)}`).join(', ')}}`
}

const short = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`
