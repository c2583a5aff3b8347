// First in, first out, in constant time also for a hundred thousand waiting.

/** Before so many have left, the list is not cut. */
const chunk = 1024

export class Fifo<T> {
  #items: (T | undefined)[] = []
  #head = 0

  get size(): number {
    return this.#items.length - this.#head
  }

  push(item: T): void {
    this.#items.push(item)
  }

  shift(): T | undefined {
    if (this.size === 0) return undefined
    const item = this.#items[this.#head]
    // What has left must not be kept in memory by its place.
    this.#items[this.#head] = undefined
    this.#head += 1
    // Half of it has left: to cut now costs each item one move in its life.
    if (this.#head >= chunk && this.#head * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#head)
      this.#head = 0
    }
    return item
  }

  /** Takes items off the front for as long as `matches` holds for them. */
  dropWhile(matches: (item: T) => boolean): void {
    for (;;) {
      const item = this.#items[this.#head]
      if (this.size === 0 || item === undefined || !matches(item)) return
      this.shift()
    }
  }
}
