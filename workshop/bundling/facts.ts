// What a bundle says of itself, in its file `bundle.json`: `set-up.mjs` reads it.

export type SystemFacts = {
  /** `linux-x64` */
  readonly name: string
  /** Whether it can be installed from: nothing that it needs is missing. */
  readonly installs: boolean
  /** The Node that comes along; without one, the attendee needs one. */
  readonly node:
    | { readonly name: string; readonly version: string; readonly program: string }
    | undefined
  readonly pnpm: string | undefined
  /** What the registry did not have, as `name@version`. */
  readonly missing: readonly string[]
}

export type BundleFacts = {
  readonly version: 1
  readonly commit: string
  /** The pnpm that filled the store. */
  readonly pnpm: string
  readonly nodeVersion: string
  readonly systems: readonly SystemFacts[]
}
