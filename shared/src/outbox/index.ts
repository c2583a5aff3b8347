export { NotDispatched, outbox, type OutboxOptions } from './outbox.ts'
export { type RelayOptions, startRelay } from './relay.ts'
export { relayPass, type RelayPassOptions } from './relay-pass.ts'
