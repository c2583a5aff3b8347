import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { joinWrites } from './one-write.ts'

type Written = { readonly chunk: Buffer }

/** A stream like a socket: it takes one chunk, or several at once. */
function aSocket() {
  const calls: string[] = []
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      calls.push(chunk.toString())
      done()
    },
    writev: (chunks: readonly Written[], done) => {
      calls.push(chunks.map(({ chunk }) => chunk.toString()).join('|'))
      done()
    },
  })
  joinWrites(stream)
  return { calls, stream }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('what is written in one go is one write, in its order', async () => {
  const { calls, stream } = aSocket()
  for (const frame of ['a', 'b', 'c']) stream.write(frame)
  expect(calls).toEqual([])
  await turn()
  expect(calls).toEqual(['a|b|c'])
  stream.write('d')
  await turn()
  expect(calls).toEqual(['a|b|c', 'd'])
})

test('a writer is told that there is no more room, and when there is again', async () => {
  const { calls, stream } = aSocket()
  const drained = new Promise<void>((resolve) => stream.once('drain', resolve))
  expect(stream.write('x'.repeat(stream.writableHighWaterMark))).toBe(false)
  await drained
  expect(stream.write('y')).toBe(true)
  await turn()
  expect(calls).toHaveLength(2)
})

test('what was written before the end is written, and a stream that was destroyed stays silent', async () => {
  const ended = aSocket()
  ended.stream.write('a')
  ended.stream.end('b')
  await turn()
  expect(ended.calls.join('|')).toBe('a|b')
  const destroyed = aSocket()
  destroyed.stream.write('a')
  destroyed.stream.destroy()
  await turn()
  expect(destroyed.calls).toEqual([])
})
