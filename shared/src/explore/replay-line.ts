// The line that replays a failure: `npx -y pnpm@12 workshop replay 03 --schedule k9-4.2x3`. The
// first two letters say which exploration of the test file it belongs to, as a test file may have
// several.

import { digestOfText } from '../simulation/index.ts'
import type { Specification } from './specification.ts'

/** Two letters for a specification: the same for the same test, whatever its handlers do. */
export function markOf(specification: Specification): string {
  const { endpoints = {}, services = {}, clients = {}, given = [], ...rest } = specification
  const parts = [
    Object.keys(endpoints),
    Object.keys(services),
    Object.entries(clients).map(([name, script]) => [name, String(script)]),
    given.map(({ type, body }) => [type, body]),
    rest,
    ...[rest.always, rest.finally, rest.behaviours].map(String),
  ]
  return (digestOfText(JSON.stringify(parts)) % 1296).toString(36).padStart(2, '0')
}

/** For a stack that comes from the test of an exercise; undefined elsewhere. */
export function replayLine(schedule: string, stack: string): string | undefined {
  const [, exercise] = /[/\\](\d\d)-[a-z0-9-]+[/\\][a-z0-9-]+\.test\.ts/.exec(stack) ?? []
  if (exercise === undefined) return undefined
  const wider = isWider() ? ' --wider' : ''
  return `npx -y pnpm@12 workshop replay ${exercise} --schedule ${schedule}${wider}`
}

/** The environment variable that asks for real adapters instead: `sqlite`. */
export const worldVariable = 'WORKSHOP_WORLD'

/** The environment variable that asks for one schedule, and nothing else. */
export const scheduleVariable = 'WORKSHOP_SCHEDULE'

/** The environment variable that asks for wider bounds than those of the specification: `1`. */
export const widerVariable = 'WORKSHOP_WIDER'

const isWider = (): boolean => process.env[widerVariable] === '1'

/** `specification`; where wider bounds are asked for, with each fault that it has at all once more
 *  often. */
export function asAskedFor(specification: Specification): Specification {
  const { faults } = specification
  if (!isWider() || !faults) return specification
  const wider = Object.entries(faults).map(([fault, times]) => [fault, times > 0 ? times + 1 : 0])
  return { ...specification, faults: Object.fromEntries(wider) }
}

export type ReplayRequest = { readonly mark: string; readonly schedule: string }

/** What is to be replayed, if anything. */
export function replayRequest(): ReplayRequest | undefined {
  const wanted = process.env[scheduleVariable]
  if (wanted === undefined || wanted === '') return undefined
  const [, mark, schedule] = /^([0-9a-z]{2})-(.+)$/.exec(wanted) ?? []
  if (mark !== undefined && schedule !== undefined) return { mark, schedule }
  throw new TypeError(
    `expected a schedule such as k9-4.2x3, got "${wanted}". Copy the whole word after --schedule`,
  )
}

/** The environment variable that says how wide the pictures of failures may be: `60` to `80`. */
export const columnsVariable = 'WORKSHOP_COLUMNS'

/** The columns of a picture; 80 where nothing is asked for, or nothing that it can be drawn in. */
export function columnsAskedFor(): number {
  const wanted = Number(process.env[columnsVariable])
  return Number.isInteger(wanted) && wanted >= 60 && wanted <= 80 ? wanted : 80
}
