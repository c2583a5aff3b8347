// Starts a process of a soak.

import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../root.ts'
import { typescriptFlags } from '../typescript-flags.ts'
import type { AuditorTask, EndpointTask } from './protocol.ts'

/** Runs `script` of this folder. Its channel is open, its error output a pipe. */
export const startProcess = (script: string, task: EndpointTask | AuditorTask): ChildProcess =>
  spawn(
    process.execPath,
    [...typescriptFlags, join(root, 'workshop', 'soak', script), JSON.stringify(task)],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      windowsHide: true,
    },
  )
