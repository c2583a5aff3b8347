// What tests on real processes are told from outside: through the environment, as they run in
// threads of their own.

import type { RealBroker } from '@workshop/shared/explore'

/** The environment variable with a `RealSetting` as JSON. */
export const settingVariable = 'WORKSHOP_REAL'

export type RealSetting = {
  /** May hold a password. */
  readonly broker: RealBroker
  readonly seed: string
}

/** The module that `explore` is to ask instead of exploring, for `WORKSHOP_WORLD`. */
export const playerUrl = new URL('player.ts', import.meta.url).href
