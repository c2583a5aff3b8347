// How the workshop runs tests inside of its own process: quietly, in threads, and with nothing from
// the configuration of the repository's own tests.

import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { createVitest, type CliOptions, type Vitest } from 'vitest/node'
import { root } from '../root.ts'

/** A test runner for the files that `include` names, as globs from the root. The caller closes it. */
export const openVitest = (include: readonly string[], options: CliOptions = {}): Promise<Vitest> =>
  createVitest(
    {
      root,
      config: false,
      watch: false,
      include: [...include],
      exclude: ['**/node_modules/**'],
      isolate: false,
      pool: 'threads',
      maxWorkers: availableParallelism(),
      // Longer than all bounds that a test has within itself: those say what did not end, and close
      // everything.
      testTimeout: 180_000,
      setupFiles: [join(import.meta.dirname, 'heard.ts')],
      passWithNoTests: true,
      // The core is loaded as Node loads it: what a module runner does to each name that is
      // imported costs a tenth of an exploration.
      server: { deps: { external: [/[\\/]shared[\\/]src[\\/]/] } },
      reporters: [{}],
      ...options,
    },
    {},
    // It would hide the cursor, and write over what is shown.
    { stdout: nowhere(), stderr: nowhere() },
  )

const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() })
