// What an instructor asks of a plan, read from the words of the command line. What makes no sense
// is refused with what would.

import { parseArgs } from 'node:util'
import { SetupProblem } from '../command.ts'
import type { PlanWish } from './plan.ts'
import { type Route, routeOf } from './routes.ts'

export type Wish = {
  readonly route: Route
  readonly plan: PlanWish
  readonly json: boolean
}

const fewestMinutes = 30
const mostMinutes = 16 * 60
const mostDays = 30

/** Throws a `SetupProblem` for what cannot be planned. */
export function wishOf(args: readonly string[]): Wish {
  const { values } = parseArgs({
    args: signed(args),
    options: {
      /** Of a day, from start to end. Default: the route's own. */
      minutes: { type: 'string' },
      route: { type: 'string', default: 'one-day' },
      from: { type: 'string', default: '09:00' },
      /** Default: the route's own. */
      days: { type: 'string' },
      /** Leaves out as much as it takes, in the order of the list. */
      fit: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  const route = routeOf(values.route)
  return {
    route,
    plan: {
      minutes: within(values.minutes, route.dayMinutes, {
        option: '--minutes',
        first: fewestMinutes,
        last: mostMinutes,
        why: `, the length of a day (${fewestMinutes} minutes to ${mostMinutes / 60} hours)`,
      }),
      days: within(values.days, route.days, {
        option: '--days',
        first: 1,
        last: mostDays,
        why: '',
      }),
      from: minuteOf(values.from),
      fits: values.fit,
    },
    json: values.json,
  }
}

/** `--minutes -5` is a number that makes no sense, and not a forgotten one. */
const signed = (args: readonly string[]): string[] =>
  args.reduce<string[]>((all, one) => {
    const option = all.at(-1)
    const isNumber = /^-\d/.test(one) && (option === '--minutes' || option === '--days')
    return isNumber ? [...all.slice(0, -1), `${option}=${one}`] : [...all, one]
  }, [])

type Bounds = {
  readonly option: string
  readonly first: number
  readonly last: number
  readonly why: string
}

function within<T extends number | undefined>(
  word: string | undefined,
  fallback: T,
  { option, first, last, why }: Bounds,
): number | T {
  if (word === undefined) return fallback
  const value = /^\d+$/.test(word) ? Number(word) : Number.NaN
  if (value >= first && value <= last) return value
  throw new SetupProblem(
    `expected ${option} with a whole number from ${first} to ${last}${why}, got "${word}"`,
  )
}

function minuteOf(clock: string): number {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(clock) ?? []
  if (hours !== undefined) return Number(hours) * 60 + Number(minutes)
  throw new SetupProblem(`expected --from with a time such as 09:00, got "${clock}"`)
}
