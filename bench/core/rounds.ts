// Rounds of several contenders in turns, so that whatever slows the machine down slows all of them
// down; every other round goes the other way round. The best round of each counts: many short ones
// find a quiet moment, also on a machine that others use.

/** One benchmark's outcome: a ratio, of which more is better, and what else is worth knowing. */
export type Figure = {
  readonly name: string
  readonly ratio: number
  readonly [also: string]: number | string
}

export type Rates<Name extends string> = Readonly<Record<Name, readonly number[]>>

/** So many rounds warm up, and do not count: what is large takes a while until it is compiled. */
const warmUps = 4

export async function inTurns<Name extends string>(
  contenders: Readonly<Record<Name, (round: number) => Promise<number>>>,
  rounds: number,
): Promise<Rates<Name>> {
  const names = Object.keys(contenders) as Name[]
  const rates = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
    Name,
    number[]
  >
  for (let round = 1 - warmUps; round <= rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const rate = await contenders[name](round)
      if (round > 0) rates[name].push(rate)
    }
  }
  return rates
}

export const best = (rates: readonly number[]): number => Math.max(...rates)

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits))

/** Does `work` for each item, `width` at once. Resolves with how many of them a second. */
export async function perSecond<T>(
  items: readonly T[],
  { width, work }: { readonly width: number; readonly work: (item: T) => Promise<unknown> },
): Promise<number> {
  const startedMs = performance.now()
  const left = items.values()
  const worker = async (): Promise<void> => {
    for (const item of left) await work(item)
  }
  await Promise.all(Array.from({ length: width }, worker))
  return (items.length * 1000) / (performance.now() - startedMs)
}
