import { expect, test } from 'vitest'
import type { Log } from '../context.ts'
import { addPorsche, counting, fixture } from '../fixture.ts'
import type { Behaviour } from '../behaviour.ts'
import { log } from './log.ts'

type Line = { readonly level: string; readonly text: string } & Record<string, unknown>

function remembering(lines: Line[], bound: Record<string, unknown> = {}): Log {
  const at = (level: string) => (fields: Record<string, unknown>, text: string) =>
    void lines.push({ ...bound, ...fields, level, text })
  return {
    child: (fields) => remembering(lines, { ...bound, ...fields }),
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  }
}

const withLog = (lines: Line[]): Behaviour => ({
  incoming: (_context, next) => next({ log: remembering(lines) }),
})

test('a handled message is one line, with the ids that follow its conversation', async () => {
  const lines: Line[] = []
  const { deliver } = fixture([counting(() => undefined).handler], {
    behaviours: [withLog(lines), log()],
  })
  await deliver({ ...addPorsche, headers: { conversationId: 'talk-1', causationId: 'm-0' } })
  expect(lines).toMatchObject([
    { level: 'info', text: 'handled', conversationId: 'talk-1', causationId: 'm-0', tookMs: 0 },
  ])
})

test('a message that failed is one line with the reason, and the failure goes on', async () => {
  const lines: Line[] = []
  const failing = counting(() => {
    throw new Error('no')
  }).handler
  const { deliver } = fixture([failing], { behaviours: [withLog(lines), log()] })
  expect((await deliver(addPorsche)).kind).toBe('retry')
  expect(lines).toMatchObject([{ level: 'warn', text: 'failed', error: 'Error: no' }])
})
