// When the operating system had no core for this thread: it was not idle, and did nothing. A wait
// for the disk amid a turn looks the same. What it did is counted once a tick and whenever another
// has its core, so a figure is a tick off at most.

export class OffCore {
  #last = sample()

  /** For how long since the last time it was asked, in milliseconds. */
  sinceLastMs(): number {
    const now = sample()
    const last = this.#last
    this.#last = now
    return now.atMs - last.atMs - (now.idleMs - last.idleMs) - (now.busyMs - last.busyMs)
  }
}

function sample() {
  const { user, system } = process.threadCpuUsage()
  const { idle } = performance.eventLoopUtilization()
  return { atMs: performance.now(), idleMs: idle, busyMs: (user + system) / 1000 }
}
