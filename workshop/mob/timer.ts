// The turns of a mob, as a clock that is told the time: it never reads one. Time that nobody was
// there for (a laptop that slept) ends one turn at most.

import type { MobPlan } from './plan.ts'

export type Turn = {
  readonly driver: string
  readonly next: string
  readonly goal: string | undefined
  /** 1, 2, 3 ... */
  readonly number: number
  readonly leftMs: number
  readonly isPaused: boolean
}

export type MobEvent =
  /** The first turn begins, or the keyboard is handed over. */
  | { readonly type: 'turn'; readonly turn: Turn; readonly isHandOver: boolean }
  | { readonly type: 'paused'; readonly turn: Turn }
  | { readonly type: 'resumed'; readonly turn: Turn }
  | { readonly type: 'ended'; readonly turns: number; readonly why: MobEnding }

export type MobEnding = 'all rounds are done' | 'somebody ended it' | 'eight hours are enough'

/** Pauses count. */
export const mostMs = 8 * 60 * 60_000

export class MobTimer {
  readonly #plan: MobPlan
  readonly #beganAtMs: number
  #number = 1
  /** What was left of the turn when it last began to run, or was paused. */
  #leftMs: number
  #runsSinceMs: number | undefined
  #isEnded = false

  constructor(plan: MobPlan, nowMs: number) {
    this.#plan = plan
    this.#beganAtMs = nowMs
    this.#leftMs = plan.turnMs
    this.#runsSinceMs = nowMs
  }

  get isEnded(): boolean {
    return this.#isEnded
  }

  turn(nowMs: number): Turn {
    const { drivers, goal, turns } = this.#plan
    const at = (number: number): string => drivers[(number - 1) % drivers.length] ?? ''
    return {
      driver: at(this.#number),
      next: this.#number === turns ? 'nobody, this is the last turn' : at(this.#number + 1),
      goal,
      number: this.#number,
      leftMs: this.#leftAt(nowMs),
      isPaused: this.#runsSinceMs === undefined,
    }
  }

  /** What has happened by now. */
  advance(nowMs: number): readonly MobEvent[] {
    if (this.#isEnded) return []
    if (nowMs - this.#beganAtMs >= mostMs) return [this.#end('eight hours are enough')]
    return this.#leftAt(nowMs) > 0 ? [] : [this.#handOver(nowMs)]
  }

  /** ` ` pauses and resumes, `n` hands over now, `q` ends it; other keys do nothing. */
  press(key: string, nowMs: number): readonly MobEvent[] {
    if (this.#isEnded) return []
    switch (key.toLowerCase()) {
      case ' ':
        return [this.#pauseOrResume(nowMs)]
      case 'n':
        return [this.#handOver(nowMs)]
      case 'q':
      // Ctrl-C, where keys come one by one.
      case '\u0003':
        return [this.#end('somebody ended it')]
      default:
        return []
    }
  }

  #leftAt(nowMs: number): number {
    const ran = this.#runsSinceMs === undefined ? 0 : nowMs - this.#runsSinceMs
    // A clock that is set back makes no turn longer.
    return Math.max(0, this.#leftMs - Math.max(0, ran))
  }

  #handOver(nowMs: number): MobEvent {
    if (this.#number === this.#plan.turns) return this.#end('all rounds are done')
    this.#number += 1
    this.#leftMs = this.#plan.turnMs
    this.#runsSinceMs = nowMs
    return { type: 'turn', turn: this.turn(nowMs), isHandOver: true }
  }

  #pauseOrResume(nowMs: number): MobEvent {
    const isPaused = this.#runsSinceMs === undefined
    this.#leftMs = this.#leftAt(nowMs)
    this.#runsSinceMs = isPaused ? nowMs : undefined
    return { type: isPaused ? 'resumed' : 'paused', turn: this.turn(nowMs) }
  }

  #end(why: MobEnding): MobEvent {
    this.#isEnded = true
    return { type: 'ended', turns: this.#number, why }
  }
}
