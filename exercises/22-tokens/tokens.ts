import type { Message } from '@workshop/shared/message'
import type { Store } from '@workshop/shared/store'
import type { Captured, Entity } from './unit-of-work.ts'

/** The key of the token that `message` carries. Whoever sends a message puts its token into the
 *  store first: while it is there, the message has not been processed. This file is done. */
export function tokenOf({ type, headers }: Pick<Message, 'type' | 'headers'>): string {
  const token = headers['token']
  if (token !== undefined) return token
  throw new TypeError(`expected ${type} to carry a token, got none`)
}

export const hasToken = ({ headers }: Captured): boolean => headers['token'] !== undefined

/** The key of a token for something that is sent because of `cause`. */
export const tokenKey = (cause: Message, id: string): string => `token-${cause.id}/${id}`

/** `messages`, each as it goes out with one of `tokens`. */
export const withTokens = (
  messages: readonly Captured[],
  tokens: readonly string[],
): readonly Captured[] =>
  messages.map((one, at) => ({ ...one, headers: { ...one.headers, token: tokens[at] ?? '' } }))

/** Takes away all tokens that anybody made for what is sent because of `cause`, but for those that
 *  `messages` carry. */
export async function tidyUp(store: Store, cause: Message, messages: readonly Captured[]) {
  if (messages.length === 0) return
  const carried = messages.map(tokenOf)
  const made = await store.list(tokenKey(cause, ''), { limit: 1000 })
  for (const { key, version } of made) {
    if (!carried.includes(key)) await store.remove(key, version)
  }
}

/** The entity with what `id` sends, or, where nothing is given, without an entry for it. */
export function withEntry(entity: Entity, id: string, sent?: readonly Captured[]): Entity {
  const { [id]: _before, ...others } = entity.outbox ?? {}
  return { ...entity, outbox: sent ? { ...others, [id]: sent } : others }
}
