// Sets the workshop up from the folder that this file lies in, without a network. Plain JavaScript for
// any Node from 18 on. Changes nothing in the bundle, and overwrites nothing where it writes.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const bundle = dirname(fileURLToPath(import.meta.url))
const system = `${process.platform}-${process.arch}`
const isWindows = process.platform === 'win32'
const executable = isWindows ? '.exe' : ''
/** The oldest Node that runs the workshop where no other comes along. */
const oldestNode = 22

class Refused extends Error {}

try {
  setUp(resolve(process.argv[2] ?? join(homedir(), 'exactly-once-workshop')))
} catch (error) {
  const isRefused = error instanceof Refused
  const advice = isRefused ? '' : '\nRun it again: it goes on where it stopped.'
  console.error(`SETUP  this is not your code\n${error.message}${advice}`)
  process.exitCode = 2
}

/** @param {string} target */
function setUp(target) {
  const facts = readFacts()
  checkTarget(target)
  console.log(`The workshop goes to ${target}`)
  console.log('1 of 4  checking the files of this bundle')
  const repository = checked('repository/')
  checked(`systems/${system}/`)
  fs.mkdirSync(join(target, '.workshop'), { recursive: true })
  console.log('2 of 4  copying the repository')
  for (const path of repository) copyNew(path, join(target, path.slice('repository/'.length)))
  console.log('3 of 4  copying the packages, which takes a while from a slow stick')
  const places = layOut(target, facts)
  console.log('4 of 4  installing')
  install(target, places)
  fs.rmSync(places.store, { recursive: true, force: true, maxRetries: 5 })
  if (places.node) fs.rmSync(places.node, { recursive: true, force: true, maxRetries: 5 })
  tellWhatIsNext(target)
}

function readFacts() {
  if (fs.existsSync(join(bundle, 'INCOMPLETE'))) {
    throw new Refused('This bundle was not finished when it was made. Ask for another one.')
  }
  const { systems } = JSON.parse(fs.readFileSync(join(bundle, 'bundle.json'), 'utf8'))
  const facts = systems.find(({ name }) => name === system)
  if (!facts) {
    const names = systems.map(({ name }) => name).join(', ')
    throw new Refused(`This bundle is for ${names}, and this machine is ${system}.`)
  }
  if (!facts.installs) {
    throw new Refused(`This bundle lacks for ${system}: ${facts.missing.join(', ')}.`)
  }
  const major = Number(process.versions.node.split('.')[0])
  if (!facts.node && major < oldestNode) {
    throw new Refused(`Expected Node ${oldestNode} or newer, got ${process.versions.node}.`)
  }
  return facts
}

/** @param {string} target */
function checkTarget(target) {
  if (target === bundle || target.startsWith(bundle + sep)) {
    throw new Refused('Name a folder outside of this bundle: node set-up.mjs FOLDER')
  }
  const held = fs.existsSync(target) ? fs.readdirSync(target) : []
  // What a set-up that was stopped has left is gone on with.
  if (held.length > 0 && !held.includes('.workshop')) {
    throw new Refused(`${target} is not empty. Name a new folder: node set-up.mjs FOLDER`)
  }
}

/** The files of the bundle below `prefix`, all of which are as they were made. */
function checked(prefix) {
  const lines = fs.readFileSync(join(bundle, 'checksums.txt'), 'utf8').split('\n')
  const wanted = lines.filter((line) => line.slice(66).startsWith(prefix))
  for (const line of wanted) {
    const bytes = fs.readFileSync(join(bundle, line.slice(66)))
    if (createHash('sha256').update(bytes).digest('hex') !== line.slice(0, 64)) {
      throw new Refused(`${line.slice(66)} is damaged. Copy the bundle again.`)
    }
  }
  return wanted.map((line) => line.slice(66))
}

/** Copies a file of the bundle, unless there is one already: that is somebody's work. */
function copyNew(path, to) {
  fs.mkdirSync(dirname(to), { recursive: true })
  if (fs.existsSync(to)) return
  // Whole or not at all: a copy that was stopped is not taken for somebody's work.
  fs.copyFileSync(join(bundle, path), `${to}.part`)
  fs.renameSync(`${to}.part`, to)
}

/** Lays out, below `.workshop`, what an install needs. A stick may keep no file executable. */
function layOut(target, facts) {
  const tools = join(target, '.workshop', 'tools')
  const store = join(target, '.workshop', 'bundle-store')
  fs.mkdirSync(tools, { recursive: true })
  fs.rmSync(store, { recursive: true, force: true })
  fs.cpSync(join(bundle, 'store'), store, { recursive: true })
  for (const path of fs.readdirSync(store, { recursive: true, encoding: 'utf8' })) {
    if (path.endsWith('-exec')) fs.chmodSync(join(store, path), 0o755)
  }
  const pnpm = join(tools, `pnpm${executable}`)
  fs.copyFileSync(join(bundle, 'systems', system, 'pnpm', `pnpm${executable}`), pnpm)
  fs.chmodSync(pnpm, 0o755)
  if (!facts.node) return { tools, store, pnpm, node: undefined }
  const node = join(tools, facts.node.name)
  fs.cpSync(join(bundle, 'systems', system, 'node'), node, { recursive: true })
  fs.chmodSync(join(node, 'bin', `node${executable}`), 0o755)
  writeNpm(tools)
  return { tools, store, pnpm, node }
}

/** The package `node` asks npm for its binary. This answers instead, out of the bundle. */
function writeNpm(tools) {
  const copies = [
    `import { cpSync } from 'node:fs'`,
    `import { dirname, join } from 'node:path'`,
    `import { fileURLToPath } from 'node:url'`,
    `const name = process.argv.at(-1).split('@')[0]`,
    `const from = join(dirname(fileURLToPath(import.meta.url)), '..', name)`,
    `cpSync(from, join('node_modules', name), { recursive: true })`,
  ]
  const folder = join(tools, 'npm')
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(join(folder, 'npm.mjs'), copies.join('\n'))
  fs.writeFileSync(join(folder, 'npm.cmd'), '@node "%~dp0npm.mjs" %*\r\n')
  const script = '#!/bin/sh\nexec node "$(dirname "$0")/npm.mjs" "$@"\n'
  fs.writeFileSync(join(folder, 'npm'), script, { mode: 0o755 })
}

function install(target, { tools, store, pnpm, node }) {
  const programs = node ? join(node, 'bin') : dirname(process.execPath)
  const { status, error } = spawnSync(
    pnpm,
    ['install', '--offline', '--frozen-lockfile', '--store-dir', store, '--reporter', 'silent'],
    {
      cwd: target,
      env: {
        ...process.env,
        PATH: [join(tools, 'npm'), programs, process.env.PATH].join(delimiter),
        npm_config_offline: 'true',
      },
      stdio: ['ignore', 'inherit', 'inherit'],
      windowsHide: true,
    },
  )
  fs.rmSync(join(tools, 'npm'), { recursive: true, force: true })
  if (error) throw error
  if (status !== 0) throw new Error(`pnpm could not install: it ended with ${status}.`)
}

function tellWhatIsNext(target) {
  const carried = join(target, 'node_modules', 'node', 'bin', `node${executable}`)
  const { stdout } = spawnSync(carried, ['--version'], { encoding: 'utf8' })
  const node = stdout?.trim() || `${process.version}, of this machine`
  console.log(
    [
      '',
      `READY  on Node ${node}. Without a network, from now on:`,
      '',
      `  cd ${/\s/.test(target) ? `"${target}"` : target}`,
      `  ${join('.workshop', 'tools', 'pnpm')} start`,
      '',
      'Where the pages say npx -y pnpm@12, type this pnpm instead, or wait for a network.',
    ].join('\n'),
  )
}
