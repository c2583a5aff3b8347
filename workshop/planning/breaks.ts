// Where a day's breaks stand: nobody sits for more than 90 minutes, there are as few breaks as that
// needs, none comes between what belongs together where it can be helped, and the stretches between
// them are about equally long.

/** The longest that a room sits, in minutes. */
export const longestStretch = 90

export type Sitting = {
  readonly minutes: number
  /** Whether what follows belongs to it: a lecture and its exercise. */
  readonly goesOn: boolean
}

type Best = { readonly cost: number; readonly next: number }

// One break weighs more than any torn pair, and one of those more than any unevenness of a day.
const perBreak = 1e9
const perTornPair = 1e6

/** The indices of the sittings that a break comes before. What is longer than a stretch stands
 *  alone. */
export function breaksBefore(sittings: readonly Sitting[]): readonly number[] {
  const best: Best[] = []
  for (let from = sittings.length - 1; from >= 0; from -= 1) {
    best[from] = bestFrom(sittings, from, best)
  }
  const found: number[] = []
  let at = best[0]?.next ?? sittings.length
  while (at < sittings.length) {
    found.push(at)
    at = best[at]?.next ?? sittings.length
  }
  return found
}

/** The cheapest stretch that begins at `from`, given the best of all later ones. */
function bestFrom(sittings: readonly Sitting[], from: number, best: readonly Best[]): Best {
  let found: Best = { cost: Number.POSITIVE_INFINITY, next: sittings.length }
  let minutes = 0
  for (let next = from + 1; next <= sittings.length; next += 1) {
    const last = sittings[next - 1]
    minutes += last?.minutes ?? 0
    if (minutes > longestStretch && next > from + 1) break
    const isEnd = next === sittings.length
    const torn = !isEnd && last?.goesOn === true ? perTornPair : 0
    const rest = isEnd ? 0 : perBreak + torn + (best[next]?.cost ?? 0)
    const cost = minutes * minutes + rest
    if (cost < found.cost) found = { cost, next }
  }
  return found
}
