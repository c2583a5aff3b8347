// Runs one schedule of the tests in a folder, and no other exploration. What the run says is what
// `explore` logs when it is asked for a schedule: each step, and below them the picture.

import { scheduleVariable } from '@workshop/shared/explore'
import type { CliOptions, TestModule } from 'vitest/node'
import { fromRoot } from '../root.ts'
import { openVitest } from './vitest.ts'

export type Replaying = {
  /** `k9-4.2x3`, as a failure prints it. */
  readonly schedule: string
  /** Is told what the run says, in pieces. Never called: no exploration has this schedule's mark. */
  readonly hear: (text: string) => void
  readonly options?: CliOptions
}

/** Runs the schedule on the code in `folder`. Resolves with the tests, once all has been heard. */
export async function replayIn(
  folder: string,
  { schedule, hear, options = {} }: Replaying,
): Promise<readonly TestModule[]> {
  const exitCode = process.exitCode
  process.env[scheduleVariable] = schedule
  try {
    const vitest = await openVitest([`${fromRoot(folder)}/**/*.test.ts`], {
      fileParallelism: false,
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
    delete process.env[scheduleVariable]
    // Vitest answers a red test with the exit code of the process; a red replay is an answer.
    process.exitCode = exitCode
  }
}
