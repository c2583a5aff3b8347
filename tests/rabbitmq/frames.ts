// AMQP frames that a correct client would never send, to see what one fault does to its neighbours.

const methodFrame = 1
const frameEnd = 0xce
const basicAck = { class: 60, method: 80 } as const

/** An acknowledgement of a delivery that was never made: the broker closes the channel, with a
 *  406. */
export function bogusAck(channel: number): Uint8Array {
  const payload = Buffer.alloc(13)
  payload.writeUInt16BE(basicAck.class, 0)
  payload.writeUInt16BE(basicAck.method, 2)
  payload.writeBigUInt64BE(999_999n, 4)
  const head = Buffer.alloc(7)
  head.writeUInt8(methodFrame, 0)
  head.writeUInt16BE(channel, 1)
  head.writeUInt32BE(payload.length, 3)
  return Buffer.concat([head, payload, Buffer.of(frameEnd)])
}
