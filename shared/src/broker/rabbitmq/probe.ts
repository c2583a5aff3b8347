// Whether something on a port speaks AMQP: the first frame of the handshake, and nothing after it.
// It does not log in, so it says nothing about names and passwords.

import { connect } from 'node:net'

export type Endpoint = { readonly host: string; readonly port: number }

const protocolHeader = Buffer.from('AMQP\u0000\u0000\u0009\u0001', 'latin1')
/** A method frame on channel 0, then its size, then class 10, method 10: connection.start. */
const start = { frame: [1, 0, 0], method: [0, 10, 0, 10] } as const
const methodOffset = 7

/** Resolves within `timeoutMs`, and never rejects. */
export function answersAmqp({ host, port }: Endpoint, timeoutMs = 500): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    let received = Buffer.alloc(0)
    const finish = (answer: boolean) => {
      clearTimeout(deadline)
      socket.destroy()
      resolve(answer)
    }
    const deadline = setTimeout(() => finish(false), timeoutMs)
    socket.on('connect', () => socket.write(protocolHeader))
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      if (received.length >= methodOffset + start.method.length) finish(isStart(received))
    })
    // A refusal, and a server that hangs up, are both a no.
    socket.on('error', () => finish(false))
    socket.on('end', () => finish(false))
  })
}

function isStart(bytes: Buffer): boolean {
  return (
    start.frame.every((byte, i) => bytes[i] === byte) &&
    start.method.every((byte, i) => bytes[methodOffset + i] === byte)
  )
}
