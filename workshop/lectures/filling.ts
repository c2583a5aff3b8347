// What fills the blocks of a page: a kind of block is one file that exports a `Filler`, and one
// line in `fillers.ts`.

import type { Exercise, Files } from '../catalogue/exercise.ts'
import type { Block, Page } from './page.ts'

/** A block together with the page that it stands on. */
export type Place = { readonly page: Page; readonly block: Block }

export type Filled =
  | { readonly place: Place; readonly text: string }
  /** Why nothing can stand there, as a sentence. */
  | { readonly place: Place; readonly problem: string }

export type Sources = {
  readonly exercises: readonly Exercise[]
  /** The files of the repository that pages may show, by their path from the root. */
  readonly files: Files
}

export type Filler = {
  /** How such a block is written, for whoever wrote another. */
  readonly usage: string
  readonly fills: (place: Place) => boolean
  /** All blocks of its kind at once, so that what they share is done once. */
  readonly fill: (places: readonly Place[], sources: Sources) => Promise<readonly Filled[]>
}
