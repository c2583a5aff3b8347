// Fills a store with all that the lockfile names, for one system after the other, and fetches Node
// and pnpm for each. What the registry does not have is named. Nothing is installed where it is
// read.

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { packagesFor, storeFolderOf } from './lockfile.ts'
import type { Pnpm } from './pnpm-program.ts'
import type { System } from './systems.ts'

/** One package, unpacked, or what the registry said instead. */
export type FetchedPackage =
  | { readonly folder: string; readonly version: string }
  | { readonly missing: string }

export type Fetched = {
  readonly system: System
  /** Packages of the lockfile that this system needs and the registry did not give. */
  readonly missing: readonly string[]
  readonly node: FetchedPackage
  readonly pnpm: FetchedPackage
}

export type Fetching = {
  readonly pnpm: Pnpm
  /** A folder that may be filled, and is deleted afterwards. */
  readonly scratch: string
  readonly store: string
  readonly nodeVersion: string
  /** The files of the repository that an install reads, by their path. */
  readonly manifests: ReadonlyMap<string, Buffer>
}

export async function fetchFor(system: System, fetching: Fetching): Promise<Fetched> {
  const { pnpm, nodeVersion } = fetching
  return {
    system,
    missing: await fetchDependencies(system, fetching),
    node: await fetchPackage([system.node, nodeVersion], system, fetching),
    pnpm: await fetchFirst(system.pnpm, [pnpm.version, '12'], { system, fetching }),
  }
}

const argumentsFor = ({ os, cpu }: System): readonly string[] =>
  `install --ignore-scripts --os ${os} --cpu ${cpu} --libc glibc --reporter append-only`.split(' ')

async function fetchDependencies(system: System, fetching: Fetching): Promise<readonly string[]> {
  const { pnpm, scratch, store, manifests } = fetching
  // One folder for all: pnpm then adds what the next system has of its own.
  const folder = join(scratch, 'dependencies')
  for (const [path, bytes] of manifests) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytes)
  }
  const how = ['--frozen-lockfile', '--store-dir', store]
  const { ok, output } = await pnpm.run(folder, [...argumentsFor(system), ...how])
  if (!ok) return [saidBy(output)]
  const lockfile = manifests.get('pnpm-lock.yaml')?.toString('utf8') ?? ''
  const here = await readdir(join(folder, 'node_modules', '.pnpm'))
  return packagesFor(lockfile, system).filter((name) => {
    const wanted = storeFolderOf(name)
    return !here.some((one) => one === wanted || one.startsWith(`${wanted}_`))
  })
}

type For = { readonly system: System; readonly fetching: Fetching }

/** The first version that the registry has. */
async function fetchFirst(
  name: string,
  versions: readonly string[],
  { system, fetching }: For,
): Promise<FetchedPackage> {
  let fetched: FetchedPackage = { missing: name }
  for (const version of versions) {
    fetched = await fetchPackage([name, version], system, fetching)
    if ('folder' in fetched) break
  }
  return fetched
}

async function fetchPackage(
  [name, version]: readonly [name: string, version: string],
  system: System,
  { pnpm, scratch }: Fetching,
): Promise<FetchedPackage> {
  const folder = join(scratch, `${storeFolderOf(name)}@${version}`)
  await mkdir(folder, { recursive: true })
  const manifest = { private: true, dependencies: { [name]: version } }
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
  // Out of the store of this machine: that of the bundle holds what the lockfile names.
  const how = ['--ignore-workspace', '--no-frozen-lockfile']
  await pnpm.run(folder, [...argumentsFor(system), ...how])
  const there = join(folder, 'node_modules', ...name.split('/'))
  try {
    const text = await readFile(join(there, 'package.json'), 'utf8')
    const { version: fetched }: { version: string } = JSON.parse(text)
    return { folder: there, version: fetched }
  } catch {
    return { missing: `${name}@${version}` }
  }
}

/** Where pnpm gives up, it says so in a line with a code. */
const saidBy = (output: string): string =>
  output
    .split('\n')
    .find((line) => /ERR_|error|failed/i.test(line))
    ?.trim() ??
  `what pnpm could not fetch: ${output.trim().split('\n').at(-1) ?? 'nothing was said'}`
