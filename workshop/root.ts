// Where the repository is, wherever the command was typed.

import { dirname, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** `path` as seen from the root, with `/` on every system. */
export const fromRoot = (path: string): string => relative(root, path).split(sep).join('/')
