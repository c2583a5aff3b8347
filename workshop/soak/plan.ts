// When troubles happen in a soak: so many of each kind in ten minutes, spread evenly, each at a
// moment and for a time that the seed decides.

import { realWorld } from '@workshop/shared/world'

export type TroubleKind = 'kill' | 'crash' | 'pause' | 'cut' | 'hole' | 'restart' | 'full'

export type Trouble = {
  readonly kind: TroubleKind
  /** After the load has begun. */
  readonly atMs: number
  /** Decides whom it meets, in [0, 1). */
  readonly pick: number
  /** A kill that waits until its victim has a message. The others come whenever they come. */
  readonly isAimed: boolean
  /** How long it lasts, where it does. */
  readonly lastsMs: number
}

/** In ten minutes, somewhat more than a run that counts needs: a few find nobody to meet. */
const inTenMinutes: Readonly<Record<TroubleKind, number>> = {
  kill: 125,
  crash: 140,
  pause: 60,
  cut: 45,
  hole: 20,
  restart: 6,
  full: 8,
}

/** Longer than a lease, or than the heartbeats that a broker waits for. */
const lasts: Readonly<Partial<Record<TroubleKind, readonly [fromMs: number, toMs: number]>>> = {
  hole: [3500, 5000],
  full: [800, 2000],
}
const pauses = { sqlite: [1500, 2500], rabbitmq: [3500, 4500] } as const

const tenMinutes = 600
const aimedShare = 0.6
/** A restart takes seconds: shorter runs have none. */
const restartsFromSeconds = 20

export type PlanOptions = {
  readonly seed: string
  readonly seconds: number
  readonly broker: 'sqlite' | 'rabbitmq'
  /** Windows cannot pause a process. */
  readonly canPause: boolean
}

/** In the order in which they happen. */
export function planOf(options: PlanOptions): readonly Trouble[] {
  const { seed, seconds, broker } = options
  const world = realWorld({ seed })
  const kinds = Object.keys(inTenMinutes) as TroubleKind[]
  const troubles = kinds.flatMap((kind) => {
    const [fromMs, toMs] = kind === 'pause' ? pauses[broker] : (lasts[kind] ?? [0, 0])
    const count = countOf(kind, options)
    return Array.from({ length: count }, (_, index): Trouble => {
      const name = `${kind} ${index + 1}`
      // Nothing in the first and the last twentieth: what begins, ends under load as well.
      const at = 0.05 + 0.9 * ((index + world.random(`${name} at`)) / count)
      return {
        kind,
        atMs: Math.round(at * seconds * 1000),
        pick: world.random(`${name} pick`),
        isAimed: kind === 'kill' && world.random(`${name} aim`) < aimedShare,
        lastsMs: Math.round(fromMs + world.random(`${name} lasts`) * (toMs - fromMs)),
      }
    })
  })
  return troubles.sort((a, b) => a.atMs - b.atMs)
}

function countOf(kind: TroubleKind, { seconds, broker, canPause }: PlanOptions): number {
  if (broker === 'sqlite' && (kind === 'cut' || kind === 'hole')) return 0
  if (kind === 'pause' && !canPause) return 0
  if (kind === 'restart' && seconds < restartsFromSeconds) return 0
  return Math.max(1, Math.round((inTenMinutes[kind] * seconds) / tenMinutes))
}
