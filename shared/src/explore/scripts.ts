// What clients do, ready made.

import { messageId, type Outgoing } from '../message/index.ts'
import { reasonOf } from '../pipeline/index.ts'
import type { Client, Script } from './specification.ts'

export type UntilThankedOptions = {
  /** How often she clicks before she gives up, and the run fails. Default 3. */
  readonly clicks?: number
}

/** Calls the service again and again until it answers, as a customer who clicks until she is
 *  thanked. */
export function untilThanked(
  command: Outgoing<'command'>,
  { clicks = 3 }: UntilThankedOptions = {},
): Script {
  return async ({ name, call }) => {
    for (let click = 1; ; click += 1) {
      try {
        await call(command)
        return
      } catch (cause) {
        if (click < clicks) continue
        const sentence = `${name} clicked ${clicks} times and was never thanked`
        throw new Error(`${sentence}. At last: ${reasonOf(cause)}`, { cause })
      }
    }
  }
}

export type UntilTakenOptions = {
  /** How often he tries before he gives up, and the run fails. Default 3. */
  readonly tries?: number
}

/** Sends the command again and again, with one id, until the broker has taken it. What is unknown
 *  is tried again, too: it may arrive twice. */
export async function untilTaken(
  { name, send }: Client,
  command: Outgoing<'command'>,
  { tries = 3 }: UntilTakenOptions = {},
): Promise<void> {
  const sent = { ...command, id: command.id ?? messageId(`${name}-${command.type}`) }
  for (let attempt = 1; ; attempt += 1) {
    try {
      await send(sent)
      return
    } catch (cause) {
      if (attempt < tries) continue
      const sentence = `${name} tried ${tries} times to send ${command.type}`
      throw new Error(`${sentence}. At last: ${reasonOf(cause)}`, { cause })
    }
  }
}

/** Calls the service once, and takes the answer as it comes: thanks, a refusal, or none. */
export function once(command: Outgoing<'command'>): Script {
  return ({ call }) => call(command).catch(() => undefined)
}
