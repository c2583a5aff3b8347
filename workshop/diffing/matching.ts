// Which lines of two texts belong together: the longest common subsequence, where a line with
// words counts more than a blank one or a bracket, so that what a reader calls the same line is.

/** Pairs of indices, each list ascending. */
export type Match = { readonly a: number; readonly b: number }

/** Files of the workshop have 300 lines at most; beyond this all lines in the middle differ. */
const maxCells = 4_000_000

export function matching(a: readonly string[], b: readonly string[]): readonly Match[] {
  let head = 0
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head += 1
  let tail = 0
  const most = Math.min(a.length, b.length) - head
  while (tail < most && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1
  const middle = heaviest(a.slice(head, a.length - tail), b.slice(head, b.length - tail))
  return [
    ...Array.from({ length: head }, (_, at) => ({ a: at, b: at })),
    ...middle.map((match) => ({ a: match.a + head, b: match.b + head })),
    ...Array.from({ length: tail }, (_, at) => ({
      a: a.length - tail + at,
      b: b.length - tail + at,
    })),
  ]
}

function heaviest(a: readonly string[], b: readonly string[]): readonly Match[] {
  const across = b.length + 1
  if ((a.length + 1) * across > maxCells) return []
  // At [i, j]: the weight of the best matching of what follows line i of a and line j of b.
  const best = new Uint32Array((a.length + 1) * across)
  const at = (i: number, j: number): number => best[i * across + j] ?? 0
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const together = a[i] === b[j] ? at(i + 1, j + 1) + weight(a[i] ?? '') : 0
      best[i * across + j] = Math.max(together, at(i + 1, j), at(i, j + 1))
    }
  }
  const matches: Match[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j] && at(i, j) === at(i + 1, j + 1) + weight(a[i] ?? '')) {
      matches.push({ a: i, b: j })
      i += 1
      j += 1
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1
    else j += 1
  }
  return matches
}

const weight = (line: string): number => (/\w/.test(line) ? 4 : 1)
