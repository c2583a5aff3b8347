// What may come of a remote operation. It happened, it certainly did not (a definite error), or
// nobody knows (an indefinite error): three outcomes, never two. Brokers and stores reject with
// these, and nothing else that a caller is expected to handle.

/** Definite: the operation had no effect, because the other side could not be reached. Try
 *  again. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
}

/** Indefinite: the operation may or may not have had its effect. Repeat it only where that is
 *  safe. */
export class Unknown extends Error {
  override readonly name = 'Unknown'
}

/** Definite: refused before any effect, because it is over a declared limit. Do not try again. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge'
  readonly limit: string

  constructor(limit: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.limit = limit
  }
}
