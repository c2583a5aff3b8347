// A soak: the endpoints of an exercise as competing processes, a steady load, and every trouble
// that a machine and a network have, for minutes. It ends everything that it has started, however
// it ends, and judges what is left by what was sent.

import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as timer } from 'node:timers/promises'
import { duplicate, lateCopy } from '@workshop/shared/chaos'
import { client } from '@workshop/shared/pipeline'
import { Auditor } from './auditor.ts'
import { copies } from './copies.ts'
import { Crew } from './crew.ts'
import { assess } from './assess.ts'
import { drained } from './drain.ts'
import { auditQueue } from './heard.ts'
import { Hub } from './hub.ts'
import { Load } from './load.ts'
import { type Place, sqlitePlace } from './place.ts'
import { planOf } from './plan.ts'
import { rabbitmqPlace } from './rabbitmq-place.ts'
import type { SoakResult } from './result.ts'
import { canPause, type Run, type SoakOptions } from './run.ts'
import { type Scene, sceneOf } from './scene.ts'
import { startProcess } from './start-process.ts'
import { type Stage, Troubles } from './troubles.ts'

/** Processes of each endpoint, and in all: while one is away, others go on. */
const least = { ofEach: 2, inAll: 3 }
/** Commands a second: more than 100 000 in ten minutes, with time to catch up after an outage. */
const rate = 250
const drainBoundMs = 90_000
const overtimeS = 60
const progressMs = 10_000
const loadSlot = 'the load'

export async function soak(options: SoakOptions): Promise<SoakResult> {
  const scene = await sceneOf(options.exercise)
  const folder = await mkdtemp(join(tmpdir(), 'workshop-soak-'))
  try {
    return await soakIn(folder, scene, options)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}

async function soakIn(folder: string, scene: Scene, asked: SoakOptions): Promise<SoakResult> {
  // Also what goes on after a failure ends then, and not when its time is over.
  const ending = new AbortController()
  const options = { ...asked, signal: AbortSignal.any([asked.signal, ending.signal]) }
  const { broker, seed } = asked
  const names = Object.keys(scene.endpoints)
  const instances = Math.max(least.ofEach, Math.ceil(least.inAll / names.length))
  const slots = names.flatMap((name) =>
    Array.from({ length: instances }, (_, index) => `${name}-${index + 1}`),
  )
  for (const name of ['notes', 'store', 'broker']) await mkdir(join(folder, name))
  await using place =
    broker === 'sqlite' ? sqlitePlace(folder) : await rabbitmqPlace([...slots, loadSlot])
  await using hub = await Hub.open(place.reach(loadSlot))
  await using auditor = new Auditor({
    exercise: options.exercise,
    broker: place.reach('the auditor'),
    heard: join(folder, 'heard'),
  })
  await using crew = crewOf({ folder, place, options, slots })
  const load = loadOf({ hub, auditor, scene, seed, ending: options.signal })
  const run: Run = { place, hub, crew, auditor, options, scene, folder, load }
  try {
    return await Promise.race([played(run), crew.broken, auditor.broken(), aborted(asked.signal)])
  } finally {
    ending.abort()
  }
}

/** Rejects with the signal's reason. It may have been aborted while everything was set up. */
async function aborted(signal: AbortSignal): Promise<never> {
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  throw signal.reason
}

type CrewParts = {
  readonly folder: string
  readonly place: Place
  readonly options: SoakOptions
  readonly slots: readonly string[]
}

function crewOf({ folder, place, options, slots }: CrewParts): Crew {
  const { exercise, code, seed, seconds } = options
  return new Crew({
    slots,
    notesFor: (slot, life) => join(folder, 'notes', `${slot}.${life}`),
    start: (slot, notes) =>
      startProcess('endpoint-process.ts', {
        endpoint: slot.replace(/-\d+$/, ''),
        exercise,
        code,
        broker: place.reach(slot),
        directory: join(folder, 'store'),
        notes,
        seed,
      }),
    maxStarts: 20 + 2 * seconds,
  })
}

type LoadParts = Pick<Stage, 'hub' | 'auditor'> & {
  readonly scene: Scene
  readonly seed: string
  readonly ending: AbortSignal
}

function loadOf({ hub, auditor, scene, seed, ending }: LoadParts): Load {
  const { doubled, late, lateMs } = copies(seed, Object.keys(scene.routes))
  const { send } = client({
    name: 'customer',
    broker: hub.publishing,
    routes: scene.routes,
    behaviours: [duplicate(doubled), lateCopy(late, { delayMs: lateMs })],
  })
  return new Load({ send, seed, rate, announced: () => auditor.commands, ending })
}

/** The soak itself, once everything is there. */
async function played(run: Run): Promise<SoakResult> {
  const { place, hub, crew, auditor, options } = run
  const { seconds, seed, broker, print } = options
  await Promise.all([auditor.ready, crew.start()])
  await place.settle(hub.broker)
  print(`${options.exercise} (${options.answer}) on ${broker} for ${seconds} s, seed ${seed}`)
  const troubles = new Troubles(run)
  const telling = tellProgress(run, troubles)
  const startMs = performance.now()
  try {
    await underLoad(run, troubles)
  } finally {
    clearInterval(telling)
  }
  const loadS = (performance.now() - startMs) / 1000
  const isQuiet = await drain(run)
  await crew.stop()
  await auditor.stop()
  return assess(run, { happened: troubles.happened, isQuiet, loadS })
}

/** For as long as was asked for, and until every trouble of the plan has happened: on a slow
 *  machine a broker is away for longer, and nobody is there to be killed meanwhile. */
async function underLoad({ options, load }: Run, troubles: Troubles): Promise<void> {
  const { seconds, seed, broker, signal } = options
  const latest = AbortSignal.any([signal, AbortSignal.timeout((seconds + overtimeS) * 1000)])
  const over = new AbortController()
  const plan = planOf({ seed, seconds, broker, canPause })
  const time = timer(seconds * 1000, undefined, { signal: latest }).catch(() => undefined)
  const happening = Promise.all([troubles.run(plan, latest), time]).finally(() => over.abort())
  await Promise.all([load.run(over.signal), happening])
}

function tellProgress({ load, auditor, crew, options }: Run, troubles: Troubles): NodeJS.Timeout {
  const startMs = performance.now()
  return setInterval(() => {
    const { kill, crash, pause, cut, hole, restart } = troubles.happened
    options.print(
      `  ${Math.round((performance.now() - startMs) / 1000)} s: ${load.confirmed} sent, ` +
        `${auditor.commands} announced, ${crew.up.length} up, ${kill} kills, ${crash} crashes, ` +
        `${pause} pauses, ${cut + hole} cuts, ${restart} restarts`,
    )
  }, progressMs)
}

async function drain({ load, hub, crew, scene, folder, options }: Run): Promise<boolean> {
  const bound = AbortSignal.any([options.signal, AbortSignal.timeout(drainBoundMs)])
  await load.settled(bound)
  return drained({
    broker: () => hub.broker,
    queues: [...Object.keys(scene.endpoints), auditQueue],
    files: () => [join(folder, 'heard'), ...crew.notes],
    isComplete: () => crew.isComplete,
    boundMs: drainBoundMs,
    signal: options.signal,
  })
}
