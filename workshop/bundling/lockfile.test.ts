import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../root.ts'
import { packagesFor } from './lockfile.ts'

const entry = (name: string, lines: readonly string[]): string =>
  [`  '${name}':`, '    resolution: {integrity: sha512-a}', ...lines].join('\n')

const lockfile = [
  "lockfileVersion: '9.0'\n\npackages:\n",
  entry('@a/linux-x64@1.0.0', ['    cpu: [x64]', '    os: [linux]', '    libc: [glibc]']),
  entry('@a/linux-x64-musl@1.0.0', ['    cpu: [x64]', '    os: [linux]', '    libc: [musl]']),
  entry('@a/win32@1.0.0', ['    os: [win32]']),
  entry('@a/unix@1.0.0', ["    os: ['!win32']".replaceAll("'", '')]),
  entry('@a/many@1.0.0', ['    cpu: [x64, arm64]', '    os: [darwin, linux]']),
  entry('@a/all@1.0.0', ["    engines: {node: '>=18'}"]),
  '\nsnapshots:\n',
].join('\n\n')

test('the packages of a system are those that name it, and those of all are none of them', () => {
  expect(packagesFor(lockfile, { os: 'linux', cpu: 'x64' })).toEqual([
    '@a/linux-x64@1.0.0',
    '@a/unix@1.0.0',
    '@a/many@1.0.0',
  ])
  expect(packagesFor(lockfile, { os: 'darwin', cpu: 'arm64' })).toEqual([
    '@a/unix@1.0.0',
    '@a/many@1.0.0',
  ])
  expect(packagesFor(lockfile, { os: 'win32', cpu: 'x64' })).toEqual(['@a/win32@1.0.0'])
})

test.each([
  ['linux', 'x64', '@rolldown/binding-linux-x64-gnu@'],
  ['darwin', 'arm64', '@typescript/typescript-darwin-arm64@'],
  ['win32', 'x64', '@esbuild/win32-x64@'],
])('the lockfile here has the binaries of %s %s, among them %s', async (os, cpu, one) => {
  const here = packagesFor(await readFile(join(root, 'pnpm-lock.yaml'), 'utf8'), { os, cpu })
  expect(here.some((name) => name.startsWith(one))).toBe(true)
  expect(here.length).toBeGreaterThanOrEqual(7)
})
