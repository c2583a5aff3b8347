// Which packages of the lockfile are for one system only. pnpm leaves out without a word what it
// cannot fetch of them, and whoever installs on that system then finds it missing.

import type { System } from './systems.ts'

/** The packages, as `name@version`, that are for `system` and not for all. */
export function packagesFor(
  lockfile: string,
  { os, cpu }: Pick<System, 'os' | 'cpu'>,
): readonly string[] {
  const packages = /\npackages:\n(.*?)\n\S/s.exec(lockfile)?.[1] ?? ''
  return packages
    .split(/\n(?= {2}\S)/)
    .map((entry) => ({
      name: /^\s*'?([^'\n]+?)'?:\n/.exec(entry)?.[1] ?? '',
      for: (key: string) => listed(entry, key),
    }))
    .filter((one) => one.for('os').length > 0 || one.for('cpu').length > 0)
    .filter((one) => matches(one.for('os'), os) && matches(one.for('cpu'), cpu))
    .filter((one) => os !== 'linux' || matches(one.for('libc'), 'glibc'))
    .map(({ name }) => name)
}

const listed = (entry: string, key: string): readonly string[] =>
  new RegExp(`\\n {4}${key}: \\[([^\\]]*)\\]`).exec(entry)?.[1]?.split(/, */) ?? []

/** Nothing listed is for all; `!win32` is for all but one. */
const matches = (allowed: readonly string[], one: string): boolean =>
  allowed.length === 0 ||
  allowed.includes(one) ||
  (allowed.every((name) => name.startsWith('!')) && !allowed.includes(`!${one}`))

/** How pnpm calls the folder of a package in its virtual store. */
export const storeFolderOf = (name: string): string => name.replaceAll('/', '+')
