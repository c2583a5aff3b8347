// The order in which tests are told: as the exercise's page tells of them.

import type { FrontMatter } from '../catalogue/front-matter.ts'
import type { TestOutcome } from '../checking/tests.ts'

/** First the file with the test that turns red first in the front matter. Within a file they stay
 *  as they are. */
export function inOrder(
  outcomes: readonly TestOutcome[],
  { red }: Pick<FrontMatter, 'red'>,
): readonly TestOutcome[] {
  const turn = (file: string): number => {
    const isHere = ({ test }: { readonly test: string }): boolean =>
      outcomes.some((outcome) => outcome.file === file && outcome.name === test)
    const first = red.findIndex(isHere)
    return first < 0 ? red.length : first
  }
  return outcomes.toSorted((a, b) => turn(a.file) - turn(b.file))
}
