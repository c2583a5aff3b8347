// What is known of how far the attendee is, for commands that only look.

import { join } from 'node:path'
import { ProgressFile } from '../progress/progress-file.ts'
import type { Progress } from '../progress/state.ts'
import { root } from '../root.ts'

/** The attendee's progress; where nothing is known, that nothing is done. */
export async function readProgress(): Promise<Progress> {
  const { progress } = await new ProgressFile(join(root, '.workshop')).read()
  return progress
}
