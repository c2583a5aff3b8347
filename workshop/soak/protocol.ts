// What the processes of a soak are told when they start, and what they and the one that watches
// over them say to each other afterwards. It is little: they work for themselves.

/** What an adapter is opened with. Plain data, and may hold a password. */
export type BrokerPlace =
  | { readonly kind: 'sqlite'; readonly directory: string; readonly leaseMs: number }
  | { readonly kind: 'rabbitmq'; readonly url: string; readonly namespace: string }

export type EndpointTask = {
  readonly endpoint: string
  /** The exercise's name, by which its scene is found. */
  readonly exercise: string
  /** The folder of the code under test. */
  readonly code: string
  readonly broker: BrokerPlace
  /** The folder of the store. */
  readonly directory: string
  /** The file for its notes. */
  readonly notes: string
  readonly seed: string
}

export type AuditorTask = {
  readonly exercise: string
  readonly broker: BrokerPlace
  /** The file for what it has heard. */
  readonly heard: string
}

export type Order =
  /** Die at the next chance between a save and a publish. */
  | { readonly kind: 'die' }
  /** The disk of the store is full, or has room again. */
  | { readonly kind: 'disk'; readonly isFull: boolean }
  /** Let go of the broker, and come back. */
  | { readonly kind: 'leave' }
  | { readonly kind: 'return' }
  | { readonly kind: 'stop' }

export type Report =
  /** It takes messages. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'left' }
  /** How many different commands it has heard the first event of. */
  | { readonly kind: 'heard'; readonly commands: number }
