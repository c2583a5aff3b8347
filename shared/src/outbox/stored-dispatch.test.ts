import { expect, test } from 'vitest'
import type { Dispatch } from '../pipeline/index.ts'
import { restored, stored } from './stored-dispatch.ts'

const withBody = (body: Uint8Array): Dispatch => ({
  to: { event: 'ItemAdded' },
  delayMs: 5,
  message: { id: 'm-1', type: 'ItemAdded', headers: { 'a-1': 'ö' }, body },
})

test('what comes out of a record is what went in, byte for byte', () => {
  for (const body of [Buffer.from('{"item":"glögg"}'), Buffer.from([0xff, 0, 0xc3]), Buffer.of()]) {
    const json = JSON.stringify(stored(withBody(body)))
    expect(restored(JSON.parse(json))).toEqual(withBody(body))
  }
})

test('text is stored as text, for whoever has to read it', () => {
  expect(stored(withBody(Buffer.from('{"item":"bell"}'))).body).toEqual({ text: '{"item":"bell"}' })
})

test('a delay that no broker takes is refused before it is stored', () => {
  for (const delayMs of [-1, Number.NaN, 2 ** 31]) {
    expect(() => stored({ ...withBody(Buffer.of()), delayMs })).toThrow(RangeError)
  }
})
