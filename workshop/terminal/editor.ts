// Opens files in the reader's editor, where it has a window of its own. One that lives in the
// terminal would fight with the runner for it: then the paths are told instead.

import { spawn } from 'node:child_process'
import { basename, join } from 'node:path'
import { root } from '../root.ts'

const inTerminal = [
  'vi',
  'vim',
  'nvim',
  'nano',
  'emacs',
  'hx',
  'helix',
  'micro',
  'kak',
  'joe',
  'ed',
]

/** Whether an editor was started. */
export async function openInEditor(
  files: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<boolean> {
  const command = environment['VISUAL'] || environment['EDITOR'] || 'code'
  const [program = '', ...args] = command.split(' ').filter(Boolean)
  if (inTerminal.includes(basename(program).replace(/\.(exe|cmd)$/, ''))) return false
  const child = spawn(program, [...args, ...files.map((file) => join(root, file))], {
    detached: true,
    stdio: 'ignore',
    env: environment,
  })
  child.unref()
  return new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('spawn', () => resolve(true))
  })
}
