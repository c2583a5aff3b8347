// Resetting a connection, in whatever state it is.

import type { Socket } from 'node:net'

/** Ends the connection at once. One that is about to end, with bytes still to be sent, is destroyed
 *  and not reset: libuv refuses that, and Node takes it for done. Such a socket never closes, and
 *  the process that has it waits for it at its end, busily and for ever. */
export function reset(socket: Socket): void {
  if (socket.writableEnded && !socket.writableFinished) socket.destroy()
  else socket.resetAndDestroy()
}
