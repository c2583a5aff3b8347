// The routes as lines of text: all of them in brief, or one with its stops. State is a sign and a
// word.

import { shownMinutes } from './cuts.ts'
import type { StopState, StopView, RouteView } from './route-view.ts'
import { between, hanging, span } from './lines.ts'

const signs: Readonly<Record<StopState, string>> = {
  done: '✔ done',
  now: '● now',
  open: '○ open',
  skipped: '↷ skipped',
  later: '… later',
}

/** Every route in a few lines. */
export function routesLines(views: readonly RouteView[], width: number): readonly string[] {
  return [
    ...views.flatMap((view) => [...briefly(view, width), '']),
    ...hanging('', 'One of them: npx -y pnpm@12 workshop route NAME', width),
  ]
}

function briefly(view: RouteView, width: number): readonly string[] {
  const { route, exercises, lectures, stops } = view
  const column = (name: string): string => `  ${name.padEnd(11)}`
  const here = stops.filter(({ exercise, isShown }) => exercise && !isShown)
  const shown = stops.filter(({ exercise, isShown }) => exercise && isShown)
  const later = stops.filter(({ exercise }) => !exercise)
  const part = (name: string, some: readonly StopView[]): readonly string[] =>
    some.length === 0 ? [] : hanging(column(name), numbersOf(some), width)
  return [
    ...between(`${route.name.padEnd(12)} ${route.title}`, timeOf(view), width),
    ...(here.length === 0 ? [`${column('exercises')}none of them yet`] : []),
    ...part('exercises', here),
    ...part('shown', shown),
    ...part('later', later),
    ...(here.length === 0
      ? []
      : hanging(column('minutes'), `${exercises.total}: ${partsOf(view)}`, width)),
    ...(lectures === 0
      ? []
      : [`${column('lectures')}${lecturesOf(view).length}, of ${lectures} minutes together`]),
  ]
}

/** Solo and mob time are parts of an exercise's minutes, and both are counted. */
function partsOf({ exercises: { total, alone, mob } }: RouteView): string {
  return `${alone} alone, ${mob} as a mob, ${total - alone - mob} all together`
}

function timeOf({ route: { days, dayMinutes } }: RouteView): string {
  if (days === undefined) return 'self-paced'
  return days === 1 ? span(dayMinutes) : `${days} x ${span(dayMinutes)}`
}

const numbersOf = (stops: readonly StopView[]): string =>
  stops.map(({ number }) => number).join(' ')

const lecturesOf = ({ stops }: RouteView) => stops.flatMap(({ lectures }) => lectures)

/** One route, stop by stop; what is left of it last. */
export function routeLines(view: RouteView, width: number): readonly string[] {
  const { route, stops, exercises, done, left } = view
  const ahead = [
    left.exercises > 0 ? `${span(left.exercises)} of exercises` : '',
    left.lectures > 0 ? `${span(left.lectures)} of lectures` : '',
  ].filter(Boolean)
  const later = stops.filter(({ exercise }) => !exercise)
  const rest = ahead.length > 0 ? `left: ${ahead.join(', ')}` : 'nothing left'
  return [
    ...between(`${route.name}  ${route.title}`, timeOf(view), width),
    '',
    ...stops.flatMap((stop) => stopLines(stop, width)),
    '',
    ...(later.length === 0
      ? []
      : [`Still to be written: ${later.length} of ${stops.length} exercises`]),
    ...hanging('', `${done} of ${exercises.count} done  ·  ${rest}`, width),
  ]
}

function stopLines(stop: StopView, width: number): readonly string[] {
  const { number, slug, exercise, isShown, state, lectures } = stop
  const shown = isShown ? ', shown' : ''
  const minutes = isShown ? shownMinutes : exercise?.minutes
  const time = exercise ? `${minutes} min` : ''
  const right = `${time.padStart(6)}  ${signs[state].padEnd(9)}`
  const lines = (isBefore: boolean): readonly string[] =>
    lectures
      .filter((lecture) => lecture.isBefore === isBefore)
      .flatMap((lecture) =>
        row(`      lecture ${lecture.number}  ${lecture.title}`, {
          right: `${`${lecture.minutes} min`.padStart(6)}${' '.repeat(11)}`,
          width,
        }),
      )
  return [
    ...lines(true),
    ...row(`  ${number}  ${exercise?.title ?? slug}${shown}`, { right, width }),
    ...lines(false),
  ]
}

/** `left` where it fits beside `right`, else cut between words and gone on below. */
function row(
  left: string,
  { right, width }: { readonly right: string; readonly width: number },
): readonly string[] {
  const lead = /^ *(lecture )?\d* */.exec(left)?.[0] ?? ''
  const [first = '', ...more] = hanging(lead, left.slice(lead.length), width - right.length - 2)
  return [`${first.padEnd(width - right.length)}${right}`.trimEnd(), ...more]
}
