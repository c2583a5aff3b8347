// What a command of the workshop is. Each stands in a file of its own under `commands/`, under its
// name; nothing lists them.

/** 0 green, 1 red, 2 a problem of the machine or of the call, which is not the reader's code. */
export type ExitCode = 0 | 1 | 2

export type Command = {
  /** One line for `help`. */
  readonly summary: string
  /** How it is called, after its name: `NN [--item porsche]`. */
  readonly usage: string
  readonly run: (args: readonly string[]) => Promise<ExitCode>
}

/** A call or a machine that the workshop cannot work with. The message says what to do. */
export class SetupProblem extends Error {
  override readonly name = 'SetupProblem'
}
