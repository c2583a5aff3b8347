// The gifts of Northern Gifts, each with a trouble of its own, so that any failure of this workshop
// is one order away.

export const items = {
  porsche: 'every message about it is duplicated at once',
  sledge: 'its duplicate arrives late, after other messages',
  globe: 'the database fails every time its order is saved',
  bell: 'the broker refuses the first publish about it',
  candle: 'publishing about it times out: nobody knows whether it happened',
} as const

export type Item = keyof typeof items
