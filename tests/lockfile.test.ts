// The lockfile must serve every attendee's machine. The registry may lack some binaries of the
// newest releases, and an install then writes, without a word, a lockfile for the author's system
// alone.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../workshop/root.ts'

const lockfile = readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8')

/** The packages that bring binaries along, each as a package of its own for each system. */
const native = [
  [
    'typescript',
    '@typescript/typescript-darwin-arm64',
    '@typescript/typescript-win32-x64',
    '@typescript/typescript-linux-x64',
  ],
  [
    'oxlint',
    '@oxlint/binding-darwin-arm64',
    '@oxlint/binding-win32-x64-msvc',
    '@oxlint/binding-linux-x64-gnu',
  ],
  [
    'oxfmt',
    '@oxfmt/binding-darwin-arm64',
    '@oxfmt/binding-win32-x64-msvc',
    '@oxfmt/binding-linux-x64-gnu',
  ],
  [
    'tsgolint',
    '@oxlint-tsgolint/darwin-arm64',
    '@oxlint-tsgolint/win32-x64',
    '@oxlint-tsgolint/linux-x64',
  ],
  [
    'rolldown',
    '@rolldown/binding-darwin-arm64',
    '@rolldown/binding-win32-x64-msvc',
    '@rolldown/binding-linux-x64-gnu',
  ],
  ['esbuild', '@esbuild/darwin-arm64', '@esbuild/win32-x64', '@esbuild/linux-x64'],
  [
    'lightningcss',
    'lightningcss-darwin-arm64',
    'lightningcss-win32-x64-msvc',
    'lightningcss-linux-x64-gnu',
  ],
] as const

test.each(native)('%s has its binaries for macOS, Windows and Linux', (_name, ...packages) => {
  for (const one of packages) {
    const entry = new RegExp(`^  '?${one}@\\d[^:\\n]*'?:\\n    resolution: \\{integrity: sha`, 'm')
    expect(lockfile, one).toMatch(entry)
  }
})

test('no package with binaries for single systems is missing from the list above', () => {
  const found = [...lockfile.matchAll(/^ {2}'?(@?[a-z0-9/-]*)(?:darwin|win32)-[a-z0-9-]+@/gm)]
  const families = new Set(found.map(([, family]) => family))
  const listed = new Set(native.map(([, darwin]) => darwin.replace(/darwin-arm64$/, '')))
  expect(families).toEqual(listed)
})

test('better-sqlite3 carries its binaries inside of the package', async () => {
  const folder = join(root, 'node_modules', 'better-sqlite3', 'prebuilds')
  const { readdir } = await import('node:fs/promises')
  expect(await readdir(folder)).toEqual(
    expect.arrayContaining(['darwin-arm64.node', 'win32-x64.node', 'linux-x64.node']),
  )
})

test('every version stands once, in the catalogue', () => {
  for (const file of ['package.json', 'shared/package.json']) {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, file), 'utf8'))
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect(version, `${file}: ${name}`).toMatch(/^(catalog|workspace):/)
    }
  }
})
