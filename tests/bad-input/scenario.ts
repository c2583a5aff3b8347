// A row that is a story: what is given happens while something is at work, and afterwards nothing
// is lost, doubled or waited for. `run` gives the sentence that was seen.

import type { Row } from './sees.ts'

export type ScenarioRow = Row & { readonly run: (directory: string) => Promise<string> }

export const nothing = 'nothing'
