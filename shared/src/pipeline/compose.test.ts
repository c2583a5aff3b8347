import { expect, test } from 'vitest'
import type { Next } from './behaviour.ts'
import { compose } from './compose.ts'

type Context = { readonly trail: string }
type Changes = Partial<Context>
type Layer = (context: Context, next: Next<Changes>) => Promise<void>

function run(layers: readonly Layer[], core = (_: Context): Promise<void> => Promise.resolve()) {
  const fork = (context: Context, changes?: Changes): Context => ({ ...context, ...changes })
  return compose<Context, Changes>({ layers, core, fork })({ trail: '' })
}

test('behaviours run in order, the first outermost, and unwind in reverse', async () => {
  const log: string[] = []
  const layer =
    (name: string): Layer =>
    async (_context, next) => {
      log.push(`${name} in`)
      await next()
      log.push(`${name} out`)
    }
  await run([layer('a'), layer('b')], async () => void log.push('core'))
  expect(log).toEqual(['a in', 'b in', 'core', 'b out', 'a out'])
})

test('an error of the core passes through every behaviour', async () => {
  const seen: string[] = []
  const layer: Layer = async (_context, next) => {
    await next().catch((error: Error) => {
      seen.push(error.message)
      throw error
    })
  }
  const failed = run([layer, layer], () => Promise.reject(new Error('no')))
  await expect(failed).rejects.toThrow('no')
  expect(seen).toEqual(['no', 'no'])
})

test('each call of next gets a fresh context: nothing is left of the call before', async () => {
  const trails: string[] = []
  const twice: Layer = async (_context, next) => {
    await next()
    await next()
  }
  const appending: Layer = (context, next) => next({ trail: `${context.trail}x` })
  await run([twice, appending], async ({ trail }) => void trails.push(trail))
  expect(trails).toEqual(['x', 'x'])
})

test('a second call of next before the first has settled is refused', async () => {
  let runs = 0
  const both: Layer = async (_context, next) => {
    await Promise.all([next(), next()])
  }
  const overlapping = run([both], async () => {
    runs += 1
  })
  await expect(overlapping).rejects.toThrow('called again before its last call had settled')
  expect(runs).toBe(1)
})

test('a behaviour that does not wait for next fails, even if the work inside fails too', async () => {
  const forgetful: Layer = async (_context, next) => {
    void next()
  }
  const failing = run([forgetful], async () => {
    await Promise.resolve()
    throw new Error('inside')
  })
  await expect(failing).rejects.toThrow('Await next()')
})

test('a behaviour that does not call next ends the message there', async () => {
  let runs = 0
  await run([() => Promise.resolve()], async () => {
    runs += 1
  })
  expect(runs).toBe(0)
})
