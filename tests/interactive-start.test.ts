// `start` in a terminal. The terminal is util-linux's `script`, which Linux has and other systems
// lack.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Clone } from './clone.ts'
import { until } from './endpoint-cases.ts'

const folder = '03-idempotent-business-logic'
const isLinux = process.platform === 'linux'

test.skipIf(!isLinux)(
  'in a terminal, start stays, runs again on every save, and ends on q',
  { timeout: 90_000 },
  async () => {
    await using clone = await Clone.make()
    const start = `"${process.execPath}" workshop/main.js start 03`
    const child = spawn('script', ['-qec', start, '/dev/null'], { cwd: clone.folder })
    const ended = once(child, 'close')
    let screen = ''
    child.stdout.on('data', (chunk: Buffer) => {
      screen += chunk.toString()
    })
    try {
      await until(() => screen.includes('q quit'), `a first result, got: ${screen}`)
      expect(screen).toMatch(/RED {2}3 of 4/)
      await copyFile(
        join(clone.folder, 'solutions', folder, 'orders.ts'),
        join(clone.folder, 'exercises', folder, 'orders.ts'),
      )
      await until(() => /GREEN {2}4 of 4.*\r?\n.*q quit/.test(screen), 'green after the save')
      expect(child.exitCode, 'green does not end it').toBeNull()
      child.stdin.write('q')
      const [code] = await ended
      expect(code).toBe(0)
    } finally {
      child.kill('SIGKILL')
    }
  },
)
