// The way in: plain JavaScript, so that it runs on any Node and can say which one is needed before
// anything native is loaded. Everything else is TypeScript, from `cli.ts` on.

import { dirname } from 'node:path'

const major = Number(process.versions.node.split('.')[0])
if (major < 22) {
  console.error(
    `This workshop needs Node 22 or newer, and this is Node ${process.versions.node}. ` +
      'Start it with `npx -y pnpm@12 start`, which brings its own Node 24 along.',
  )
  process.exit(2)
}

// What was compiled once is found again by the next start, and by the threads of this one.
const { enableCompileCache, getCompileCacheDir } = await import('node:module')
enableCompileCache?.()
const compiled = getCompileCacheDir?.()
if (compiled) process.env.NODE_COMPILE_CACHE ??= dirname(compiled)

// The Node that comes along reads TypeScript by itself, and starts a second sooner for it.
if (!process.features.typescript) (await import('tsx/esm/api')).register()
const { main } = await import('./cli.ts')
process.exitCode = await main(process.argv.slice(2))
