// A typed bag: what behaviours leave for one another, without knowing one another's files.

export type BagKey<T> = { readonly name: string; readonly absent: T }

/** A place in every bag. `absent` is what is found where nothing was put. */
export const bagKey = <T>(name: string, absent: T): BagKey<T> => ({ name, absent })

/** Never changed: `with` gives a new bag, to be passed to `next({ bag })`. */
export class Bag {
  readonly #values: ReadonlyMap<unknown, unknown>

  constructor(values: ReadonlyMap<unknown, unknown> = new Map()) {
    this.#values = values
  }

  get<T>(key: BagKey<T>): T {
    // The only way into the map is `with`, which pairs each key with a value of its type.
    return this.#values.has(key) ? (this.#values.get(key) as T) : key.absent
  }

  with<T>(key: BagKey<T>, value: T): Bag {
    return new Bag(new Map([...this.#values, [key, value]]))
  }
}
