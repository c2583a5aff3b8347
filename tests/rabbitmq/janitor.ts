// Cleans up after a test run that ends without a word: Ctrl-C, a crash, a terminated worker. It is
// a shell of its own that hears of its owner's end, because the pipe between them closes then.

import { spawn } from 'node:child_process'

export type JanitorOptions = {
  /** Deleted, with everything in it. */
  readonly directory: string
  readonly epmdPort: number
}

export interface Janitor {
  /** From now on this process group is ended with its owner; undefined for none. */
  guards(group: number | undefined): void
  /** Lets it do its work and go. */
  dismiss(): Promise<void>
}

/** Each line names the group to end; the last one counts. The port mapper lets itself be ended only
 *  once it has noticed that its node is gone. */
const script = `
while read -r line; do group=$line; done
if [ -n "$group" ]; then kill -9 "-$group"; fi
for _ in 1 2 3 4 5 6 7 8 9 10; do
  epmd -port "$EPMD_PORT" -kill && break
  epmd -port "$EPMD_PORT" -names || break
  sleep 0.2
done
rm -rf "$DIRECTORY"
`

export function hireJanitor({ directory, epmdPort }: JanitorOptions): Janitor {
  const child = spawn('sh', ['-c', script], {
    cwd: '/',
    env: { ...process.env, DIRECTORY: directory, EPMD_PORT: String(epmdPort) },
    stdio: ['pipe', 'ignore', 'ignore'],
    // Ctrl-C reaches the whole group of the terminal: it must outlive that.
    detached: true,
  })
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  // It may have been ended by somebody: there is nobody to tell then.
  child.stdin.on('error', () => undefined)
  return {
    guards: (group) => {
      child.stdin.write(`${group ?? ''}\n`)
    },
    dismiss: async () => {
      child.stdin.end('\n')
      await gone
    },
  }
}
