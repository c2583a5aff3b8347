// What handlers and behaviours log in a simulated world, at the level `info`: a note at its place in
// the picture. A monkey that refuses something makes no step of its own, and says so here.

import { type Log, silent } from '../pipeline/index.ts'

export const notes: Log = {
  ...silent,
  child: () => notes,
  // In a simulated world, what is written to the console is heard, and kept with the step.
  // oxlint-disable-next-line no-console
  info: (_fields, text) => console.info(text),
}
