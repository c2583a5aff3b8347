// From what a soak has left to what is said of it.

import { join } from 'node:path'
import { waitingIn } from './drain.ts'
import { evidenceIn } from './evidence.ts'
import { auditQueue, heardIn } from './heard.ts'
import { judge } from './judge.ts'
import { keepPicture } from './keep-picture.ts'
import { notesIn } from './notes.ts'
import { type Endured, missing, type SoakResult } from './result.ts'
import { canPause, type Run } from './run.ts'
import { storedIn } from './stored.ts'
import type { Happened } from './troubles.ts'

export type Played = {
  readonly happened: Happened
  /** Whether nothing was left to do. */
  readonly isQuiet: boolean
  /** How long the load has lasted. */
  readonly loadS: number
}

/** Called when every process has ended. */
export async function assess(run: Run, { happened, isQuiet, loadS }: Played): Promise<SoakResult> {
  const { hub, crew, options, scene, folder, load } = run
  const { exercise, answer, broker, seed, seconds } = options
  const { violations, ...tally } = judge(scene, load.sent, {
    entities: storedIn(join(folder, 'store')),
    heard: heardIn(join(folder, 'heard')),
    waiting: await waitingIn(hub.broker, [...Object.keys(scene.endpoints), auditQueue]),
  })
  const endured = enduredBy(run, happened)
  const reasons = [
    ...violations.slice(0, 3).map(({ about, violation }) => `${about}: ${violation.message}`),
    ...crew.failures.slice(0, 3).map(({ slot, said }) => `${slot} ended by itself. ${said}`),
    ...(isQuiet ? [] : ['expected nothing left to do in the end, got no end']),
    ...missing(endured, { broker, seconds, canPause }),
  ]
  const picture = await keepPicture(run, violations)
  return {
    exercise,
    answer,
    broker,
    seed,
    seconds,
    messages: load.confirmed,
    messagesPerSecond: Math.round(load.confirmed / loadS),
    ...endured,
    ...tally,
    ok: reasons.length === 0,
    reasons,
    ...(picture === undefined ? {} : { picture }),
  }
}

function enduredBy({ crew }: Run, happened: Happened): Endured {
  const evidence = evidenceIn(crew.lives, ({ notes }) => notesIn(notes))
  const { kill, pause, cut, hole, restart, full } = happened
  const counted = { kills: kill, pauses: pause, cuts: cut + hole, restarts: restart }
  return { ...counted, fullDisks: full, ...evidence }
}
