// The core against what a careful expert writes by hand, and its adapters against what they stand
// on. Each figure is a ratio within one process, of the best of interleaved rounds, and more is
// better; it should be at least its gate.

import { adapter } from './core/adapter.ts'
import { burst } from './core/burst.ts'
import { duplicates, embedded } from './core/embedded.ts'
import { growth } from './core/growth.ts'
import { pipeline } from './core/pipeline.ts'
import type { Figure } from './core/rounds.ts'
import { store } from './core/store.ts'
import { Workbench } from './core/workbench.ts'

const benchmarks: Readonly<Record<string, (workbench: Workbench) => Promise<readonly Figure[]>>> = {
  pipeline,
  adapter,
  embedded,
  duplicates,
  store,
  growth,
  burst,
}

const gates: Readonly<Record<string, number>> = {
  'pipeline at prefetch 1': 0.7,
  'pipeline at prefetch 10': 1.2,
  'pipeline at prefetch 50': 1.8,
  'pipeline against batched marks': 1,
  'adapter publish': 0.85,
  'adapter consume': 0.85,
  'embedded broker against RabbitMQ': 3,
  'duplicate path': 4,
  'group commit': 4,
  'store growth': 1.5,
  'memory under a burst': 4,
}

/** Whatever else a figure has comes after these. */
export type Judged = Pick<Figure, 'name' | 'ratio'> & {
  readonly gate: number
  readonly ok: boolean
}

type Options = { readonly only?: string | undefined }

/** Runs all of them, or the one that `only` names. */
export async function* bench(
  print: (line: string) => void,
  { only }: Options = {},
): AsyncGenerator<Judged> {
  const chosen = Object.entries(benchmarks).filter(([name]) => only === undefined || name === only)
  if (chosen.length === 0) {
    const names = Object.keys(benchmarks).join(', ')
    throw new Error(`expected --only with one of ${names}, got ${String(only)}`)
  }
  await using workbench = await Workbench.open()
  for (const [, run] of chosen) {
    for (const figure of await run(workbench)) {
      const judged = judge(figure)
      print(lineOf(judged))
      yield judged
    }
  }
}

function judge({ name, ratio, ...also }: Figure): Judged {
  const gate = gates[name]
  if (gate === undefined) throw new Error(`expected a gate for ${name}, got none`)
  return { name, ratio, gate, ok: ratio >= gate, ...also }
}

function lineOf({ name, ratio, gate, ok }: Judged): string {
  return `${ok ? 'ok ' : 'LOW'}  ${name.padEnd(34)} ${String(ratio).padStart(6)}  (${gate})`
}
