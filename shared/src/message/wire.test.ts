import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { TooLarge } from '../world/index.ts'
import {
  checkWire,
  command,
  decode,
  encode,
  maxBodyBytes,
  maxHeaderBytes,
  messageId,
  type WireMessage,
} from './index.ts'

const Note = command('Note', z.object({ text: z.string() }))
const note = (text: string) => ({ id: messageId('n-1'), type: 'Note', body: { text }, headers: {} })
const wire = (body: string | Uint8Array): WireMessage => ({
  id: 'n-1',
  type: 'Note',
  headers: {},
  body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
})

test('a message arrives as it was sent', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(decode(encode(note(text)), Note)).toEqual(note(text))
    }),
  )
})

test('the same message always has the same bytes', () => {
  expect(encode(note('hello')).body).toEqual(encode(note('hello')).body)
})

test.each([
  ['no JSON', '{"text":', 'expected a body of JSON in UTF-8, got "{\\"text\\":"'],
  ['no bytes at all', '', 'got no bytes'],
  ['no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 'expected a body of JSON in UTF-8'],
  ['a body of another shape', '{"text":7}', 'expected string'],
  ['a body that is null', 'null', 'expected object'],
])('%s is refused with a reason that names the type', (_name, body, reason) => {
  expect(() => decode(wire(body), Note)).toThrow(reason)
  expect(() => decode(wire(body), Note)).toThrow(/^Note: /)
})

test('a body at the limit is carried, and one byte more is refused by name', () => {
  const empty = encode(note('')).body.length
  expect(encode(note('x'.repeat(maxBodyBytes - empty))).body.length).toBe(maxBodyBytes)
  expect(() => encode(note('x'.repeat(maxBodyBytes - empty + 1)))).toThrow(TooLarge)
  expect(() => decode(wire(new Uint8Array(maxBodyBytes + 1)), Note)).toThrow(TooLarge)
})

test('headers at the limit are carried, and one byte more is refused', () => {
  const headers = (bytes: number) => ({ ...wire('{}'), headers: { h: 'x'.repeat(bytes - 1) } })
  expect(() => checkWire(headers(maxHeaderBytes))).not.toThrow()
  expect(() => checkWire(headers(maxHeaderBytes + 1))).toThrow(TooLarge)
})

test('a type that no broker could carry is refused', () => {
  expect(() => checkWire({ ...wire('{}'), type: '' })).toThrow('1 to 255 bytes, got 0')
  expect(() => checkWire({ ...wire('{}'), type: 'x'.repeat(256) })).toThrow('got 256')
  expect(() => checkWire({ ...wire('{}'), type: '\ud83d' })).toThrow('expected a message type')
})

test('header names of the broker are refused', () => {
  expect(() => checkWire({ ...wire('{}'), headers: { 'x-death': '1' } })).toThrow('"x-death"')
})
