// Whether the process that left something behind is still there. A number alone does not say so:
// systems give it to others later. Where `/proc` is, the time of its start tells them apart.

import { readFileSync } from 'node:fs'

export type ProcessId = {
  readonly pid: number
  /** When it started, in the system's own words; none where the system does not say. */
  readonly born?: string
}

/** This process. */
export function self(): ProcessId {
  const born = bornOf(process.pid)
  return { pid: process.pid, ...(born === undefined ? {} : { born }) }
}

/** Whether it runs. Without `born`, another process of the same number counts as it. */
export function isAlive({ pid, born }: ProcessId): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // Somebody else's process may not be asked, but it is there.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  const found = bornOf(pid)
  return found !== 'gone' && (born === undefined || found === undefined || found === born)
}

function bornOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return bornIn(readFileSync(`/proc/${pid}/stat`, 'utf8'), boot)
  } catch {
    return undefined
  }
}

/** When a process started, by its `/proc/PID/stat` and the id of this boot; `gone` for one that has
 *  ended and that its parent has not asked about. */
export function bornIn(stat: string, boot: string): string {
  // The name of the program, in brackets, may hold anything; 20 fields after it is the start.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' || fields[0] === 'X' ? 'gone' : `${boot} ${fields[19]}`
}
