// What the doctor knows of a machine, as plain data: the rows are made from this, so that a test
// can give each of them a machine that is ill.

/** What was found, or what the system answered instead, in one line. */
export type Found<T> = T | { readonly problem: string }

export type Facts = {
  readonly platform: NodeJS.Platform
  readonly arch: string
  readonly node: {
    readonly version: string
    /** Whether it is the one under `node_modules`. */
    readonly isCarried: boolean
    /** The version that the repository asks for. */
    readonly wanted: string
  }
  /** Where pnpm was found, and its version where that is known. */
  readonly pnpm:
    | { readonly from: 'this run' | 'the folder' | 'the PATH' | 'npx'; readonly version?: string }
    | undefined
  readonly hasNpx: boolean
  /** `2.47.3`, or undefined where there is none. */
  readonly git: string | undefined
  readonly folder: {
    readonly path: string
    readonly freeBytes: number | undefined
    readonly hasFileEvents: boolean
    readonly endings: 'LF' | 'CRLF' | 'LF and CRLF' | undefined
    /** Each folder that must be writable, and what stands against it. */
    readonly writable: readonly { readonly name: string; readonly problem: string | undefined }[]
  }
  /** The version of SQLite. */
  readonly sqlite: Found<string>
  /** The version that its own binary tells, beside the one that its package has. */
  readonly typescript: Found<{ readonly version: string; readonly wanted: string }>
  /** Undefined: nothing is printed to a terminal. Colours as a number of bits. */
  readonly terminal: { readonly columns: number; readonly colourBits: number } | undefined
  /** What stands against a port on 127.0.0.1, or undefined. */
  readonly loopbackProblem: string | undefined
  readonly editor:
    | { readonly command: string; readonly from: string; readonly isFound: boolean }
    | undefined
  readonly hasRabbitmq: boolean
  readonly processors: number
  readonly memoryBytes: number
}

/** An error in one line. */
export function inOneLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n')[0]?.trim() ?? ''
}
