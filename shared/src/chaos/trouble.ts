// Which messages are in trouble: those about one of the story's items, or those that a coin picks.

import type { Message } from '../message/index.ts'

/** Whether this message meets the trouble. */
export type Trouble = (message: Message) => boolean

/** Messages whose body is about `item`. */
export const aboutItem =
  (item: string): Trouble =>
  ({ body }) =>
    typeof body === 'object' && body !== null && 'item' in body && body.item === item
