// Pictures on a page: a run of an exercise, drawn. It is named by what survives edits: whose code
// runs, and in which test it fails; or by a schedule.
// ```space-time 03 start however often              the simplest failure of that test
// ```space-time 03 start on solution however often  the same schedule, on other code
// ```space-time 03 wrong/remembers-in-memory d3-0.2kz

import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Exercise } from '../catalogue/exercise.ts'
import { replayIn } from '../checking/replaying.ts'
import { Scratch, type Variant, variantsOf } from '../checking/scratch.ts'
import { type Outcomes, runTests } from '../checking/tests.ts'
import { fromRoot } from '../root.ts'
import type { Filled, Filler, Place, Sources } from './filling.ts'

const pattern = /^space-time (\d\d) (\S+)(?: on (\S+))? (\S.*)$/
const schedulePattern = /^[0-9a-z]{2}-[0-9a-z.-]+$/

/** Somebody's code of an exercise. */
type Code = { readonly exercise: Exercise; readonly variant: Variant }

type Wanted = {
  readonly place: Place
  /** Whose failure is looked for. */
  readonly found: Code
  /** Whose run is drawn: the same, unless the block says `on`. */
  readonly shown: Code
  /** A schedule, or a part of a test's name. */
  readonly key: string
}

export const pictures: Filler = {
  usage: 'space-time NN start|solution|wrong/NAME [on start|solution|wrong/NAME] TEST|SCHEDULE',
  fills: ({ block }) => block.info.startsWith('space-time'),
  fill: async (places, sources) => {
    if (places.length === 0) return []
    const wanted = places.map((place) => attempt(place, () => parse(place, sources)))
    await using scratch = await Scratch.make()
    const outcomes = await search(scratch, wanted.filter(isWanted))
    const filled: Filled[] = []
    for (const one of wanted) {
      // One after the other: which schedule to replay is said to the whole process.
      filled.push(isWanted(one) ? await draw(one, { scratch, outcomes }) : one)
    }
    return filled
  },
}

/** Something that a page asks for and that is not there. */
class Unknown extends Error {}

const isWanted = (one: Wanted | Filled): one is Wanted => 'key' in one

function attempt<T>(place: Place, work: () => T): T | Filled {
  try {
    return work()
  } catch (error) {
    return problemOf(place, error)
  }
}

function problemOf(place: Place, error: unknown): Filled {
  if (error instanceof Unknown) return { place, problem: error.message }
  throw error
}

function parse(place: Place, { exercises }: Sources): Wanted {
  const [, number, name, otherName, key] = pattern.exec(place.block.info) ?? []
  if (number === undefined || name === undefined || key === undefined) {
    throw new Unknown(`expected ${pictures.usage}, got "${place.block.info}"`)
  }
  const exercise = exercises.find((one) => one.number === number)
  if (!exercise) throw new Unknown(`expected an exercise ${number}, got none`)
  const found = codeOf(exercise, name)
  return { place, found, key, shown: otherName === undefined ? found : codeOf(exercise, otherName) }
}

function codeOf(exercise: Exercise, name: string): Code {
  const variant = variantsOf(exercise).find((one) => nameOf(one) === name)
  if (variant) return { exercise, variant }
  throw new Unknown(`expected start, solution or an answer in ${exercise.folder}, got "${name}"`)
}

/** `start`, `solution`, `wrong/forgotten-await` */
const nameOf = ({ kind, name }: Variant): string => (kind === name ? kind : `${kind}/${name}`)

/** Runs the tests whose failures are looked for, each once. */
async function search(scratch: Scratch, wanted: readonly Wanted[]): Promise<Outcomes> {
  for (const { found, shown } of wanted) {
    for (const code of [found, shown]) await layOut(scratch, code)
  }
  const searched = wanted.filter(({ key }) => !schedulePattern.test(key))
  const folders = new Set(searched.map(({ found }) => fromRoot(folderOf(scratch, found))))
  if (folders.size === 0) return new Map()
  // No exploration that nobody wants to see: each takes longer than the rest.
  const names = [...new Set(searched.map(({ key }) => escaped(key)))]
  return runTests([...folders], { testNamePattern: new RegExp(names.join('|')) })
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** The last folder has the name of the exercise, as a replay line is printed only then. */
const folderOf = ({ folder }: Scratch, { exercise, variant }: Code): string =>
  join(folder, nameOf(variant).replaceAll('/', '-'), exercise.folder)

async function layOut(scratch: Scratch, code: Code): Promise<void> {
  for (const [file, text] of code.variant.files) {
    const path = join(folderOf(scratch, code), file)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  }
}

/** A schedule that is told as a scenario has no text by which it could be replayed. */
type Found = { readonly picture: string; readonly schedule: string | undefined }
type Search = { readonly scratch: Scratch; readonly outcomes: Outcomes }

async function draw(wanted: Wanted, { scratch, outcomes }: Search): Promise<Filled> {
  const { place, found, shown, key } = wanted
  try {
    const isSchedule = schedulePattern.test(key)
    const failure = isSchedule
      ? undefined
      : failureIn(outcomes.get(fromRoot(folderOf(scratch, found))) ?? [], key)
    const { picture, schedule } =
      failure && shown === found
        ? failure
        : await replayed(folderOf(scratch, shown), scheduleIn(failure, key))
    return { place, text: `${picture}\n${originOf(shown, schedule)}` }
  } catch (error) {
    return problemOf(place, error)
  }
}

type Outcome = { readonly name: string; readonly ok: boolean; readonly message: string | undefined }

/** The picture of the one test that has `key` in its name. */
function failureIn(tests: readonly Outcome[], key: string): Found {
  const [test, ...more] = tests.filter(({ name }) => name.includes(key))
  if (!test || more.length > 0) {
    const names = tests.map(({ name }) => `\n  ${name}`).join('')
    throw new Unknown(`expected "${key}" to be in the name of one test out of:${names}`)
  }
  const [, picture = ''] = (test.message ?? '').split('\n\n')
  const [, schedule] = /workshop replay \d\d --schedule (\S+)/.exec(test.message ?? '') ?? []
  if (schedule !== undefined || /\d {4}.*│/.test(picture)) return { picture, schedule }
  const got = test.ok ? 'green' : (test.message ?? 'no message')
  throw new Unknown(`expected a failure with a picture, got ${got}: ${test.name}`)
}

function scheduleIn(failure: Found | undefined, key: string): string {
  if (!failure) return key
  if (failure.schedule !== undefined) return failure.schedule
  throw new Unknown(`expected a failure whose schedule can be replayed, got a scenario: ${key}`)
}

async function replayed(folder: string, schedule: string): Promise<Found> {
  let said = ''
  await replayIn(folder, { schedule, hear: (text) => (said += text) })
  if (said === '')
    throw new Unknown(
      `expected a test with the schedule ${schedule}, got none. Has the test changed since?`,
    )
  const [changed] = /^The code has changed since: .*$/m.exec(said) ?? []
  if (changed !== undefined) throw new Unknown(`expected the schedule ${schedule}. ${changed}`)
  const [, picture = ''] = said.trimEnd().split('\n\n')
  return { picture, schedule }
}

/** How to see it again; for an answer, where it stands. */
function originOf({ exercise, variant }: Code, schedule: string | undefined): string {
  const { kind } = variant
  if (kind !== 'start' && kind !== 'solution') {
    return `  from solutions/${exercise.folder}/${nameOf(variant)}.ts`
  }
  if (schedule === undefined) return `  npx -y pnpm@12 start ${exercise.number}`
  return `  npx -y pnpm@12 workshop replay ${exercise.number} --${kind} --schedule ${schedule}`
}
