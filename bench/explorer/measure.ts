// How much CPU time work takes, which depends less on what else the machine does than real time.

/** How many of `count` things fit into a second of CPU time, if `work` does them all. */
export async function perCpuSecond(count: number, work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (count * 1e6) / (user + system)
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
