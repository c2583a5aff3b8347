// The names of the coins that one delivery tosses, or one message on its way out. Each toss is
// another coin, so that what fails by chance may heal when it is tried again; and a second delivery
// of the same attempt tosses the same ones.

/** Gives the name of a coin, for what is tossed: the second time it is another. */
export function coinNames(tosser: readonly (string | number)[]): (name: string) => string {
  const tossed = new Map<string, number>()
  return (name) => {
    const times = (tossed.get(name) ?? 0) + 1
    tossed.set(name, times)
    const coin = [...tosser, name]
    return JSON.stringify(times === 1 ? coin : [...coin, times])
  }
}
