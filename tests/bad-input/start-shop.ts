// Starts a `shop-process.ts` and hears what it says, on standard output too. Ends what it started.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { ConsumerStats } from '@workshop/shared/broker'
import { realTime } from '@workshop/shared/world'

export type ShopOrder = { readonly kind: 'stop' }

export type ShopReport =
  | { readonly kind: 'ready'; readonly mostMemoryMb: number }
  | {
      readonly kind: 'stopped'
      readonly stats: ConsumerStats
      readonly arePrototypesUntouched: boolean
      /** The most that it ever had in memory. */
      readonly mostMemoryMb: number
    }

type Stopped = Extract<ShopReport, { kind: 'stopped' }>

export interface Shop extends AsyncDisposable {
  /** What it logged so far. */
  readonly output: string
  readonly memoryAtStartMb: number
  readonly hasEnded: boolean
  /** Stops it, and expects it to end by itself, without an error. */
  stop(): Promise<Stopped>
}

const program = new URL('shop-process.ts', import.meta.url)
const { until } = realTime()

export async function startShop(directory: string): Promise<Shop> {
  const child = fork(program, [directory], {
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const exited = once(child, 'exit')
  const reports: ShopReport[] = []
  let output = ''
  child.on('message', (report: ShopReport) => reports.push(report))
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  }
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null
  const heard = async <Kind extends ShopReport['kind']>(kind: Kind) => {
    const found = () =>
      reports.find((one): one is Extract<ShopReport, { kind: Kind }> => one.kind === kind)
    await until(() => hasEnded() || found() !== undefined, `the shop to say ${kind}`)
    const report = found()
    if (report) return report
    throw new Error(`expected the shop to say ${kind}, it ended: ${output}`)
  }
  const dispose = async (): Promise<void> => {
    if (!hasEnded()) child.kill('SIGKILL')
    await exited
  }
  try {
    const { mostMemoryMb } = await heard('ready')
    return {
      get output() {
        return output
      },
      memoryAtStartMb: mostMemoryMb,
      get hasEnded() {
        return hasEnded()
      },
      stop: async () => {
        child.send({ kind: 'stop' } satisfies ShopOrder)
        const stopped = await heard('stopped')
        await until(hasEnded, 'the shop to end by itself')
        if (child.exitCode === 0) return stopped
        throw new Error(`expected the shop to end well, got ${child.exitCode}: ${output}`)
      },
      [Symbol.asyncDispose]: dispose,
    }
  } catch (error) {
    await dispose()
    throw error
  }
}
