import type { ConsumeMessage } from 'amqplib'
import { expect, test } from 'vitest'
import { Acks } from './acks.ts'

/** Acknowledgements for as many deliveries; what is sent is told as `3` or `up to 3`. */
function delivered(count: number) {
  const sent: string[] = []
  const acks = new Acks(({ fields }, allUpTo) => {
    sent.push(`${allUpTo ? 'up to ' : ''}${fields.deliveryTag}`)
  })
  const messages = Array.from(
    { length: count },
    (_, index) => ({ fields: { deliveryTag: index + 1 } }) as ConsumeMessage,
  )
  for (const message of messages) acks.delivered(message)
  const message = (tag: number): ConsumeMessage => messages[tag - 1] as ConsumeMessage
  return {
    sent,
    ack: (...tags: readonly number[]) => {
      for (const tag of tags) acks.ack(message(tag))
    },
    settled: (tag: number) => acks.settled(message(tag)),
    flush: () => acks.flush(),
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('what is done in one go is acknowledged at once, in whatever order it was done', async () => {
  const { ack, sent } = delivered(5)
  ack(2, 1, 3)
  expect(sent).toEqual([])
  await turn()
  expect(sent).toEqual(['up to 3'])
  ack(4)
  await turn()
  expect(sent).toEqual(['up to 3', '4'])
})

test('what is not done is never acknowledged along with what is', async () => {
  const { ack, sent } = delivered(5)
  ack(2, 3, 5)
  await turn()
  expect(sent).toEqual(['2', '3', '5'])
  ack(1)
  await turn()
  expect(sent).toEqual(['2', '3', '5', '1'])
  ack(4)
  await turn()
  expect(sent).toEqual(['2', '3', '5', '1', '4'])
})

test('what was given back is none of it', async () => {
  const { ack, sent, settled } = delivered(4)
  settled(2)
  ack(1, 3)
  await turn()
  expect(sent).toEqual(['up to 3'])
})

test('a flush sends what there is, once', async () => {
  const { ack, sent, flush } = delivered(2)
  ack(1, 2)
  flush()
  expect(sent).toEqual(['up to 2'])
  await turn()
  flush()
  expect(sent).toEqual(['up to 2'])
})
