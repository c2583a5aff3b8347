// What is written in one go leaves in one go. amqplib writes each frame to the socket by itself,
// and each write is a call of the operating system and a packet: for messages of a kilobyte, more
// work than all the rest of publishing. Node joins what is written while a stream is corked.

import type { Writable } from 'node:stream'

/** From here on all writes to `stream` of one callback are one write. */
export function joinWrites(stream: Writable): void {
  const write = stream.write.bind(stream) as (...args: readonly unknown[]) => boolean
  const joined = (...args: readonly unknown[]): boolean => {
    if (stream.writableCorked === 0) {
      stream.cork()
      process.nextTick(() => stream.uncork())
    }
    return write(...args)
  }
  stream.write = joined as Writable['write']
}
