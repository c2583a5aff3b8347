// Ids, types and headers that no `publish` of ours would send. A foreign sender did.

import { type ForeignMessage, isDead, type MessageRow } from './foreign-sender.ts'

const wire = (given: string, message: () => ForeignMessage, sees: string): MessageRow => ({
  given,
  message,
  sees,
  becomes: isDead,
})

const noType = 'expected a message type that orders handles (AddItem), got '
const noHeaders = 'Unreadable: expected headers of JSON, one object, got '
const controls = 'TypeError: expected a message id without control characters, got '
const idOf = (id: string) => (): ForeignMessage => ({ id })
const typeOf = (type: string) => (): ForeignMessage => ({ type })
const headersOf = (headers: string) => (): ForeignMessage => ({ headers })

export const envelopes: readonly MessageRow[] = [
  wire('an empty id', idOf(''), 'TypeError: expected a message id of 1 to 255 bytes, got 0 bytes'),
  wire('an id with a line break', idOf('a\nb'), `${controls}"a\\nb"`),
  wire('an id with a zero byte', idOf('a\u0000b'), `${controls}"a\\u0000b"`),
  wire('an id that clears the screen', idOf('\u001b[2J'), `${controls}"\\u001b[2J"`),
  wire(
    'an id of 1 MB',
    () => ({ id: 'i'.repeat(1_000_000) }),
    'TypeError: expected a message id of 1 to 255 bytes, got 1000000 bytes',
  ),
  wire('a type that nobody handles', typeOf('PaintItBlack'), `${noType}"PaintItBlack"`),
  wire('no type', typeOf(''), `${noType}""`),
  wire('the type __proto__', typeOf('__proto__'), `${noType}"__proto__"`),
  wire('the type toString', typeOf('toString'), `${noType}"toString"`),
  wire('a type that clears the screen', typeOf('\u001b[2J'), `${noType}"\\u001b[2J"`),
  wire(
    'a type of 10 kB',
    () => ({ type: 'T'.repeat(10_000) }),
    `${noType}10000 characters that begin with "TTT…"`,
  ),
  wire('headers that are no JSON', headersOf('{"a":'), `${noHeaders}"{\\"a\\":" in …`),
  wire('headers that are a list', headersOf('["a"]'), `${noHeaders}"[\\"a\\"]" in …`),
  wire('headers that are null', headersOf('null'), `${noHeaders}"null" in …`),
  wire(
    'a header that is a number',
    headersOf('{"total":1}'),
    'TypeError: expected header "total" to be a string, got number in AddItem …',
  ),
  wire(
    'a header that is an object',
    headersOf('{"who":{"name":"Ada"}}'),
    'TypeError: expected header "who" to be a string, got object in AddItem …',
  ),
  wire(
    'a header with half a surrogate pair',
    headersOf('{"who":"\\ud800"}'),
    'TypeError: expected header "who" to be whole characters, got half a surrogate pair in AddItem …',
  ),
  wire(
    'a header without a name',
    headersOf('{"":"x"}'),
    'TypeError: expected a header name of 1 to 128 bytes that does not begin with "x-", got "" in AddItem …',
  ),
  wire(
    'headers of 1 MB',
    () => ({ headers: JSON.stringify({ big: 'h'.repeat(1_000_000) }) }),
    'TooLarge: expected at most 60000 bytes of headers, got 1000003 in AddItem …',
  ),
  wire(
    'no content at all',
    () => ({ hasNoContent: true }),
    'expected message … to have a content, got none. Is the file damaged?',
  ),
]
