// The failure codes that the terminal, the tests and the glossary share, each with its meaning.

export const failureCodes = {
  LOST_MESSAGE: 'a message that should have been published never was, or an input had no effect',
  GHOST_MESSAGE: 'a message announced something that never became durable',
  DUPLICATE_EFFECT: 'one message had its effect more than once',
  CONTENT_DIFFERS: 'two messages with one id differ in content',
  STALE_WRITE: 'an old message undid a newer one',
  LOST_UPDATE: 'a saved effect was overwritten by somebody who had not seen it',
  ALTERNATIVE_WORLDS: 'two facts were announced that cannot both be true',
  ORDER: 'messages took effect in an order that is not allowed',
  WRONG_ANSWER: 'a client was told something else than what is so',
  STUCK: 'a message was neither handled nor dead-lettered within the bound',
  NOTHING_HAPPENED: 'the message that the exercise is about had no effect at all',
  ENTITY_TOO_LARGE: 'an entity grew over the limit of its store',
  STORE_UNBOUNDED: 'the store grows with every message and never shrinks',
  LEFTOVERS: 'something that should be cleaned up is still there at the end',
  REAL_TIME_USED: 'a handler used real time or randomness instead of its context',
  NOT_AWAITED: 'a call outlived the delivery that made it, because nothing awaited it',
  HIDDEN_STATE: 'something outside of the store remembers earlier runs',
  DEAD_LETTERED: 'a message ended in the dead letters',
  BUG_SURVIVED: 'a planted bug stayed green',
  FALSE_ALARM: 'a correct handler turned red',
} as const

export type FailureCode = keyof typeof failureCodes

export const isFailureCode = (code: unknown): code is FailureCode =>
  typeof code === 'string' && Object.hasOwn(failureCodes, code)
