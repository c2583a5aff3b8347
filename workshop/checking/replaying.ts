// Runs one schedule of the tests in a folder, and no other exploration. What the run says is what
// `explore` logs when it is asked for a schedule: each step, and below them the picture.

import { columnsVariable, scheduleVariable, widerVariable } from '@workshop/shared/explore'
import type { CliOptions, TestModule } from 'vitest/node'
import { columns } from '../output.ts'
import { fromRoot } from '../root.ts'
import { openVitest } from './vitest.ts'

export type Replaying = {
  /** `k9-4.2x3`, as a failure prints it. */
  readonly schedule: string
  /** Is told what the run says, in pieces. Never called: no exploration has this schedule's mark. */
  readonly hear: (text: string) => void
  /** With the bounds that are tried after green. */
  readonly wider?: boolean
  readonly options?: CliOptions
}

/** Runs the schedule on the code in `folder`. Resolves with the tests, once all has been heard. */
export async function replayIn(
  folder: string,
  { schedule, hear, wider = false, options = {} }: Replaying,
): Promise<readonly TestModule[]> {
  const exitCode = process.exitCode
  try {
    const vitest = await openVitest([`${fromRoot(folder)}/**/*.test.ts`], {
      fileParallelism: false,
      env: {
        [scheduleVariable]: schedule,
        [columnsVariable]: process.env[columnsVariable] ?? String(columns()),
        ...(wider ? { [widerVariable]: '1' } : {}),
      },
      reporters: [
        { onUserConsoleLog: ({ content }: { readonly content: string }) => hear(content) },
      ],
      ...options,
    })
    const { testModules } = await vitest.start()
    // What was logged arrives in pieces; the last of it when everything is closed.
    await vitest.close()
    return testModules
  } finally {
    // Vitest answers a red test with the exit code of the process; a red replay is an answer.
    process.exitCode = exitCode
  }
}
