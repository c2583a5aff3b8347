// What happened in a run, step by step, for people and for comparing two runs. Only runs that are
// shown or replayed are traced.

import { digestOf } from './digest.ts'
import type { Option } from './option.ts'
import type { Simulation } from './simulation.ts'

export type TraceStep = {
  /** 1, 2, 3 ... */
  readonly number: number
  /** Who did it, or whom it happened to. Empty for the environment. */
  readonly process: string
  readonly lane: string
  /** How many ids the lane had made by then, where it had. */
  readonly ids?: number
  /** The lane that began with it, where one did. */
  readonly opened?: string
  readonly kind: string
  readonly resource: string
  readonly access: 'read' | 'write'
  /** The fault that was chosen, by the budget it spends. */
  readonly fault?: string
  /** Whether it interrupted a lane that could have gone on. */
  readonly isSwitch: boolean
  readonly nowMs: number
  /** What the resource says of it. */
  readonly detail?: unknown
  /** What the caller was told: a result, or an error. */
  readonly answer?: { readonly result: unknown } | { readonly error: unknown }
  /** The caller's stack, where it was asked for. */
  readonly stack?: string
}

export type TraceOptions = {
  /** Also notes where each operation was called from. Default false. */
  readonly hasStacks?: boolean
}

export class Trace {
  readonly steps: TraceStep[] = []
  /** For each choice, its mark; see schedule.ts. */
  readonly marks: string[] = []
  readonly #hasStacks: boolean

  constructor({ hasStacks = false }: TraceOptions = {}) {
    this.#hasStacks = hasStacks
  }

  stack(): string | undefined {
    if (!this.#hasStacks) return undefined
    return new Error('called').stack
  }

  step(simulation: Simulation, option: Option, answer?: TraceStep['answer']): void {
    const { operation, happening } = option
    const what = operation?.step ?? happening
    if (!what) return
    const lane = operation?.lane
    const opened = simulation.current === lane ? undefined : simulation.current?.name
    const stack = operation?.stack
    const detail = what.detail?.()
    this.steps.push({
      number: this.steps.length + 1,
      process: lane?.process.name ?? happening?.process?.name ?? '',
      lane: lane?.name ?? '',
      ...(lane?.ids ? { ids: lane.ids } : {}),
      ...(opened === undefined ? {} : { opened }),
      kind: what.kind,
      resource: what.resource,
      access: operation?.step.access ?? 'write',
      ...(option.spends === undefined ? {} : { fault: option.spends }),
      isSwitch: option.isSwitch,
      nowMs: simulation.nowMs,
      ...(detail === undefined ? {} : { detail }),
      ...(answer === undefined ? {} : { answer }),
      ...(stack === undefined ? {} : { stack }),
    })
  }

  coin(simulation: Simulation, coin: string, heads: boolean): void {
    const fault = heads ? { fault: 'coins' } : {}
    this.#aside(simulation, { kind: 'coin', resource: coin, ...fault, answer: { result: heads } })
  }

  /** What was written to the console. */
  log(simulation: Simulation, text: string): void {
    this.#aside(simulation, { kind: 'log', resource: '', detail: { text } })
  }

  /** Something that happens in the middle of a step. */
  #aside(
    { current, nowMs }: Simulation,
    what: Pick<TraceStep, 'kind' | 'resource' | 'fault' | 'answer' | 'detail'>,
  ): void {
    this.steps.push({
      number: this.steps.length + 1,
      process: current?.process.name ?? '',
      lane: current?.name ?? '',
      access: 'read',
      isSwitch: false,
      nowMs,
      ...what,
    })
  }
}

/** A trace as lines that are equal if and only if the runs were: names, answers, time, how many ids
 *  were made, and the digest of what the resources say. */
export function linesOf(trace: Trace): readonly string[] {
  return trace.steps.map((step) => {
    const { number, process, lane, ids, kind, resource, fault, nowMs, answer, detail } = step
    const mark = detail === undefined ? '' : ` ~${digestOf(detail).toString(36)}`
    const made = ids === undefined ? '' : ` after ${ids} new id${ids === 1 ? '' : 's'}`
    const told = !answer
      ? ''
      : 'error' in answer
        ? ` threw ${String(answer.error)}`
        : answer.result === undefined
          ? ''
          : ` = ${JSON.stringify(answer.result)}`
    const who = lane === '' || lane === process ? process : `${process}[${lane}]`
    const what = `${kind} ${resource}${fault ? ` !${fault}` : ''}${made}`
    return `${number} @${nowMs} ${who} ${what}${told}${mark}`
  })
}
