// Channels, with the listeners that keep their errors from ending the process, and the loop that
// opens again what a channel's end took with it.

import {
  type Channel,
  type ChannelModel,
  type ConfirmChannel,
  IllegalOperationError,
} from 'amqplib'
import { Unavailable, Unknown, within } from '../../world/index.ts'
import { TopologyMismatch, Unroutable } from '../broker.ts'
import { Backoff } from './backoff.ts'
import type { Connection } from './connection.ts'
import type { Settings } from './options.ts'
import { reasonOf } from './url.ts'
import { orAborted, pause } from './waiting.ts'

export const notFound = 404
export const preconditionFailed = 406

/** Something that lives on a channel. */
export interface Session {
  /** Resolves once it does not live any more. Never rejects. */
  readonly ended: Promise<void>
  /** Ends it, when nobody wants it any more. */
  drop(): void
}

/** The connection is dead, and nobody had said so. */
class FoundDead extends Error {
  override readonly name = 'FoundDead'
}

export function openChannel(model: ChannelModel): Promise<Channel> {
  return withErrorListener(() => model.createChannel())
}

export function openConfirmChannel(model: ChannelModel): Promise<ConfirmChannel> {
  return withErrorListener(() => model.createConfirmChannel())
}

/** Without a listener, an error of the channel would end the process. It closes as well, which is
 *  what is acted upon. */
async function withErrorListener<C extends Channel>(create: () => Promise<C>): Promise<C> {
  try {
    const channel = await create()
    channel.on('error', () => undefined)
    return channel
  } catch (error) {
    if (!(error instanceof IllegalOperationError)) throw error
    throw new FoundDead('expected a live connection, it was closed', { cause: error })
  }
}

/** Resolves once `channel` is closed, be it by the death of its connection: amqplib would then wait
 *  for an answer for ever. Never rejects. */
export function closeChannel(channel: Channel): Promise<void> {
  return new Promise((resolve) => {
    channel.once('close', () => resolve())
    // It was closed already, which is what is wanted.
    channel.close().catch(() => resolve())
  })
}

/** The number by which the broker said no, when it did. */
export function replyCode(error: unknown): number | undefined {
  if (error instanceof Error && 'code' in error && typeof error.code === 'number') return error.code
  return undefined
}

/** Runs `work` on a channel of its own: a refusal closes that one, and no other. */
export async function onOwnChannel<T>(
  model: ChannelModel,
  work: (channel: Channel) => Promise<T>,
): Promise<T> {
  const channel = await openChannel(model)
  try {
    return await work(channel)
  } finally {
    await closeChannel(channel)
  }
}

/** One request to the broker with a bound on its time. What is not an answer of the broker's
 *  becomes `Unknown`, or `Unavailable` where it was not even asked. */
export async function request<T>(
  { connection, settings }: { readonly connection: Connection; readonly settings: Settings },
  work: (model: ChannelModel) => Promise<T>,
): Promise<T> {
  const model = await connection.ready(settings.requestTimeoutMs)
  try {
    return await within(settings.requestTimeoutMs, work(model), 'an answer of RabbitMQ')
  } catch (error) {
    if (error instanceof FoundDead) connection.giveUp(model)
    if (isDefinite(error)) throw error
    throw new Unknown(`expected an answer of RabbitMQ, got: ${reasonOf(error)}. Try again`, {
      cause: error,
    })
  }
}

const definite = [Unavailable, Unroutable, TopologyMismatch, TypeError, RangeError]

function isDefinite(error: unknown): boolean {
  return definite.some((kind) => error instanceof kind)
}

export type KeepOptions = {
  readonly connection: Connection
  readonly settings: Settings
  /** What is kept, for the notices. */
  readonly what: string
  /** Ends it. */
  readonly signal: AbortSignal
  /** The one that is open already. */
  readonly first: Session
  open(model: ChannelModel): Promise<Session>
}

/** Opens a session again whenever it has ended, until `signal` is aborted. Never rejects. */
export async function keepOpen(options: KeepOptions): Promise<void> {
  const { connection, settings, what } = options
  const signal = AbortSignal.any([options.signal, connection.ending])
  const backoff = new Backoff(settings.maxBackoffMs)
  let session: Session | undefined = options.first
  while (!signal.aborted) {
    const sinceMs = performance.now()
    if (session) await orAborted(session.ended, signal)
    await pause(backoff.nextMs(session ? performance.now() - sinceMs : 0), signal)
    session = undefined
    const model = await connection.whenUp(signal)
    if (!model || signal.aborted) return
    const opening = options.open(model)
    try {
      session = await within(settings.requestTimeoutMs, opening, `${what} to open`)
    } catch (error) {
      // One that opens after all, too late, would be a second one.
      void opening.then(
        (late) => late.drop(),
        () => undefined,
      )
      if (error instanceof FoundDead) connection.giveUp(model)
      settings.onNotice({ kind: 'failed', detail: `${what}: ${reasonOf(error)}` })
    }
  }
}
