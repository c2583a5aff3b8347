// A plan as lines of text: the agenda by the clock, what to leave out first, what is not in it; and
// as the last line whether it fits.

import type { Day, Slot } from './agenda.ts'
import { between, clockOf, hanging, span } from './lines.ts'
import type { Plan, RankedCut } from './plan.ts'

export function planLines(plan: Plan, width: number): readonly string[] {
  const { route, times, days } = plan
  const title = between(route.title, `${timesOf(plan)} from ${clockOf(times.from)}`, width)
  if (days.length === 0) return [...title, '', ...missingLines(plan, width), '', nothing]
  return [
    ...title,
    ...days.flatMap((day, index) => ['', ...dayLines(day, { plan, index, width })]),
    '',
    ...cutLines(plan, width),
    ...missingLines(plan, width),
    ...verdictLines(plan, width),
  ]
}

const nothing = 'NOTHING TO PLAN  no exercise of this route has been written yet'

const timesOf = ({ times: { days, minutes } }: Plan): string => {
  if (days === undefined) return `days of ${span(minutes)}`
  return days === 1 ? span(minutes) : `${days} x ${span(minutes)}`
}

type DayPlace = { readonly plan: Plan; readonly index: number; readonly width: number }

function dayLines(day: Day, { plan, index, width }: DayPlace): readonly string[] {
  const isOne = plan.days.length === 1
  const over = day.minutes - plan.times.minutes
  const late = over > 0 ? `, ${span(over)} too late` : ''
  return [
    ...(isOne ? [] : [`Day ${index + 1}`]),
    ...day.slots.flatMap((slot) => slotLines(slot, width)),
    `  ${clockOf(day.end)}        end, after ${span(day.minutes)}${late}`,
  ]
}

function slotLines({ kind, at, minutes, number, title, note }: Slot, width: number) {
  const time = `  ${clockOf(at)}  ${String(minutes).padStart(3)}`
  if (kind === 'break' || kind === 'lunch') return [`${time}  -- ${title.toLowerCase()}`]
  const what = kind === 'lecture' ? `lecture ${number}` : (number ?? '')
  const name = number === undefined ? title : `${what}  ${title}`
  return hanging(`${time}  `, note === undefined ? name : `${name} (${note})`, width)
}

function cutLines({ cuts }: Plan, width: number): readonly string[] {
  const made = cuts.filter(({ isMade }) => isMade)
  const open = cuts.filter(({ isMade }) => !isMade)
  return [
    ...(made.length === 0 ? [] : ['Left out already, so that it fits:', ...rows(made, width), '']),
    ...(open.length === 0
      ? []
      : ['When the room is slow, leave out in this order:', ...rows(open, width), '']),
  ]
}

/** `- 10  exercise 04 in 5 min: ...` */
const rows = (cuts: readonly RankedCut[], width: number): readonly string[] =>
  cuts.flatMap(({ what, how, left, saves }) => {
    const inTime = left > 0 ? ` in ${left} min` : ''
    return hanging(`  -${String(saves).padStart(3)}  `, `${what}${inTime}: ${lowered(how)}`, width)
  })

const lowered = (how: string): string => how.charAt(0).toLowerCase() + how.slice(1)

function missingLines({ later, elsewhere, days }: Plan, width: number): readonly string[] {
  const numbers = (all: readonly { readonly number: string }[]): string =>
    all.map(({ number }) => number).join(' ')
  const written = later.map(({ number, slug }) => `${number} ${slug}`).join(', ')
  const lines = [
    ...(later.length === 0 ? [] : hanging('', `Still to be written: ${written}.`, width)),
    ...(elsewhere.length === 0 || days.length === 0
      ? []
      : hanging(
          '',
          `Lectures of other exercises, not on this route: ${numbers(elsewhere)}.`,
          width,
        )),
  ]
  return days.length > 0 && lines.length > 0 ? [...lines, ''] : lines
}

function verdictLines({ over, spare, cuts }: Plan, width: number): readonly string[] {
  if (over === 0) return [`FITS  with ${span(spare)} to spare`]
  return [...hanging('', `${cureOf(cuts)}.`, width), `OVER by ${span(over)}`]
}

/** What makes it fit, if anything does. */
function cureOf(cuts: readonly RankedCut[]): string {
  const enough = cuts.findIndex(({ overAfter }) => overAfter === 0)
  if (enough === 0) return 'The first of the list makes it fit: --fit leaves it out'
  if (enough > 0) return `The first ${enough + 1} of the list make it fit: --fit leaves them out`
  const left = cuts.at(-1)?.overAfter ?? 0
  if (left === 0) return 'Nothing can be left out: take a shorter route, or more time'
  return `The whole list leaves ${span(left)} over: take a shorter route, or more time`
}
