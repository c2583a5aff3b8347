// Bodies that a foreign sender puts into the queue of an endpoint, past everything that our own
// `publish` refuses. Each becomes a dead letter with a reason and its bytes, or it is handled.

import { isDead, type MessageRow } from './foreign-sender.ts'

const good = '{"orderId":"order-1","item":"bell"}'
const bytes = (...parts: readonly (string | number)[]): Buffer =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.of(part))),
  )

const isHandled = 'handled; what its schema does not know is left out'

/** A body that is refused. */
const body = (given: string, content: () => Buffer, sees: string): MessageRow => ({
  given,
  message: () => ({ body: content() }),
  sees,
  becomes: isDead,
})

/** A body that looks worse than it is. */
const harmless = (given: string, text: () => string): MessageRow => ({
  given,
  message: () => ({ body: Buffer.from(text()) }),
  sees: 'nothing',
  becomes: isHandled,
  isHandled: true,
})

const json = (text: string) => (): Buffer => Buffer.from(text)
const order = (item: string) => json(`{"orderId":"order-1","item":${item}}`)
const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

const noJson = 'Unreadable: AddItem: expected a body of JSON in UTF-8, got '
const noText = 'InvalidBody: AddItem: ✖ Invalid input: expected string, received '
const noObject = 'InvalidBody: AddItem: ✖ Invalid input: expected object, received '

export const bodies: readonly MessageRow[] = [
  body('no bytes', json(''), `${noJson}no bytes …`),
  body('text that is no JSON', json('one bell, please'), `${noJson}"one bell, please" …`),
  body('JSON that was cut off', json('{"orderId":"or'), `${noJson}"{\\"orderId\\":\\"or" …`),
  body('two JSON values', json(`${good}${good}`), `${noJson}70 bytes that begin with "{…`),
  body('the text NaN', order('NaN'), `${noJson}"{…NaN}" <- …`),
  body(
    'JSON with a comment',
    json(`${good} // thanks`),
    `${noJson}45 bytes that begin with "{… <- …`,
  ),
  body(
    'bytes that are no UTF-8',
    () => bytes('{"item":"', 255, 254, '"}'),
    `${noJson}"{\\"item\\":\\"\uFFFD\uFFFD\\"}" <- …`,
  ),
  body('a byte order mark before the JSON', json(`\uFEFF${good}`), `${noJson}"\\ufeff{…`),
  body('JSON in UTF-16', () => Buffer.from(good, 'utf16le'), `${noJson}70 bytes that begin with …`),
  body(
    'a pickled object of Python',
    () => bytes(0x80, 4, 0x95, 0, '}'),
    `${noJson}"\uFFFD\\u0004\uFFFD\\u0000}" <- …`,
  ),
  body('null', json('null'), `${noObject}null`),
  body('a list', json(`[${good}]`), `${noObject}array`),
  body('a number', json('42'), `${noObject}number`),
  body('lists, 10 000 levels deep', () => Buffer.from(deep(10_000)), `${noObject}array`),
  body('a field that is missing', json('{"orderId":"order-1"}'), `${noText}undefined → at item`),
  body('a field of the wrong type', order('7'), `${noText}number → at item`),
  body('a field that is null', order('null'), `${noText}null → at item`),
  body('an object instead of text', order('{"toString":"x"}'), `${noText}object → at item`),
  body('1e999 instead of text', order('1e999'), `${noText}Infinity → at item`),
  body(
    '10 000 digits instead of text',
    () => order('9'.repeat(10_000))(),
    `${noText}Infinity → at item`,
  ),
  body(
    'an empty text',
    order('""'),
    'InvalidBody: AddItem: ✖ Too small: expected string to have >=1 characters → at item',
  ),
  body(
    'a last key that wins, and is wrong',
    json('{"orderId":"order-1","item":"bell","item":1}'),
    `${noText}number → at item`,
  ),
  body(
    'fields only in __proto__',
    json(`{"__proto__":${good}}`),
    `${noText}undefined → at orderId ✖ …`,
  ),
  body(
    'a body of 1 byte too much',
    () => Buffer.from(good.padEnd(1_048_577)),
    'TooLarge: expected a body of at most 1048576 bytes, got 1048577 …',
  ),
]

export const harmlessBodies: readonly MessageRow[] = [
  harmless('unknown fields', () => '{"orderId":"order-1","item":"bell","price":1e999}'),
  harmless('duplicate keys', () => '{"orderId":"x","orderId":"order-1","item":"bell"}'),
  harmless('the key __proto__', () => `{"__proto__":{"polluted":"yes"},${good.slice(1)}`),
  harmless(
    'the key constructor',
    () => `{"constructor":{"prototype":{"polluted":"yes"}},${good.slice(1)}`,
  ),
  harmless('the key toString', () => `{"toString":null,"hasOwnProperty":0,${good.slice(1)}`),
  harmless(
    'an unknown field, 10 000 levels deep',
    () => `{"deep":${deep(10_000)},${good.slice(1)}`,
  ),
  harmless('half a surrogate pair, escaped', () => `{"note":"\\ud800",${good.slice(1)}`),
]
