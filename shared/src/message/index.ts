export { fitsIn } from './bytes.ts'
export { canonicalJson, maxJsonDepth } from './canonical-json.ts'
export { type BodyOf, command, type Definition, event, InvalidBody } from './definition.ts'
export { causalHeaders, header, withoutDeadLetterHeaders } from './headers.ts'
export { messageId } from './ids.ts'
export type {
  BodySchema,
  Headers,
  Json,
  Kind,
  Message,
  MessageId,
  Outgoing,
  OutgoingOptions,
  WireMessage,
} from './message.ts'
export { quoted } from './quoted.ts'
export {
  bodyOf,
  bodyTooLarge,
  checkWire,
  decode,
  encode,
  maxBodyBytes,
  maxHeaderBytes,
  textOf,
  Unreadable,
} from './wire.ts'
