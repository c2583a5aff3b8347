// What a key may be, and which partition it is in. Every adapter checks with these, so that what
// one refuses no other accepts.

import { fitsIn } from '../message/index.ts'

/** The longest key, in bytes of UTF-8. */
export const maxKeyBytes = 1024

/** The part of `key` before its first slash, or all of it. Only keys of one partition are written
 *  together. */
export function partitionOf(key: string): string {
  const slash = key.indexOf('/')
  return slash === -1 ? key : key.slice(0, slash)
}

/** Throws a TypeError unless `key` is 1 to 1024 bytes of text that name a partition. */
export function checkKey(key: string): void {
  if (typeof key !== 'string')
    throw new TypeError(`expected a key to be a string, got ${typeof key}`)
  if (key === '' || !fitsIn(key, maxKeyBytes)) {
    const bytes = Buffer.byteLength(key)
    throw new TypeError(`expected a key of 1 to ${maxKeyBytes} bytes, got ${bytes} bytes`)
  }
  if (!key.isWellFormed()) {
    throw new TypeError(`expected a key of whole characters, got ${JSON.stringify(key)}`)
  }
  if (partitionOf(key) === '') {
    throw new TypeError(`expected a key that begins with its partition, got ${JSON.stringify(key)}`)
  }
}

/** Throws a TypeError unless `prefix` holds a whole partition, its slash included. */
export function checkPrefix(prefix: string): void {
  checkKey(prefix)
  if (!prefix.includes('/')) {
    throw new TypeError(
      `expected a prefix with a whole partition, such as ${JSON.stringify(`${prefix}/`)}, got ` +
        JSON.stringify(prefix),
    )
  }
}
