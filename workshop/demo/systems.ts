// A live demonstration of two systems that talk over HTTP, on loopback: each has processes and a
// store of its own. They are killed at moments that the script names, every request comes once more
// when all is done, and what is left in both stores is the certificate.

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type BrokerSpec, openBroker } from '@workshop/shared/broker'
import type { SystemsDemonstration } from '@workshop/shared/explore'
import { client, routesTo } from '@workshop/shared/pipeline'
import { patience, realWorld } from '@workshop/shared/world'
import { storedIn } from '../soak/stored.ts'
import type { Ending } from './demonstrate.ts'
import { SystemChild } from './system-child.ts'
import type { Answers, SystemReport } from './system-protocol.ts'

export type SystemsStaging = {
  readonly script: SystemsDemonstration
  /** The folder with the code to run. */
  readonly code: string
  readonly item: string
  readonly broker: BrokerSpec
  readonly directory: string
  readonly tell: (who: string, what: string) => void
}

const boundMs = 60_000
const pollMs = 50

export async function demonstrateSystems(staging: SystemsStaging): Promise<Ending> {
  const { script, item, directory, broker: spec } = staging
  const [shop, bank] = [join(directory, 'shop'), join(directory, 'bank')]
  for (const folder of [shop, bank]) await mkdir(folder, { recursive: true })
  await using broker = await openBroker(spec).then(closing)
  await using cast = new Cast(staging, { shop, bank })
  await cast.start()
  const routes = routesTo({ [script.endpoint.name]: script.handled })
  const customer = client({ name: 'customer', broker, routes })
  for (const message of script.given(item)) {
    staging.tell('customer', `sends       ${message.type} ${item}`)
    await customer.send(message)
  }
  await until(async () => {
    cast.check()
    if (cast.isRestarting || (await broker.count(script.endpoint.name)) > 0) return false
    return script.isOver(storedIn(shop))
  })
  await cast.repeatAll()
  await cast.stop()
  const end = { item, kills: cast.kills, shop: storedIn(shop), bank: storedIn(bank) }
  return script.ending(end)
}

const closing = <T extends { close(): Promise<void> }>(opened: T) =>
  Object.assign(opened, { [Symbol.asyncDispose]: () => opened.close() })

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const world = realWorld()
  const isLate = patience(boundMs)
  while (!(await isSo())) {
    if (isLate()) {
      throw new Error(`expected everything to be done within ${boundMs / 1000} s, it is not`)
    }
    await world.sleep(pollMs)
  }
}

type Folders = { readonly shop: string; readonly bank: string }

/** The processes, and whoever kills them. */
class Cast implements AsyncDisposable {
  kills = 0
  isRestarting = false
  readonly #staging: SystemsStaging
  readonly #folders: Folders
  readonly #left: { readonly after: string; readonly kill: 'endpoint' | 'server' }[]
  readonly #answered: Answers[] = []
  #server: SystemChild | undefined
  #endpoint: SystemChild | undefined
  #failure: Error | undefined
  #lastRestart: Promise<void> = Promise.resolve()

  constructor(staging: SystemsStaging, folders: Folders) {
    this.#staging = staging
    this.#folders = folders
    this.#left = [...staging.script.kills]
  }

  async start(): Promise<void> {
    this.#server = await this.#startServer(0)
    this.#endpoint = await this.#startEndpoint()
  }

  /** Throws what went wrong where nobody could hear it. */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure
  }

  /** Sends every request that was answered once more, in the same order. */
  async repeatAll(): Promise<void> {
    const { origin } = this.#serving()
    // Nobody is killed any more.
    this.#left.length = 0
    for (const { method, path, body } of this.#answered.splice(0)) {
      const headers = { 'content-type': 'application/json' }
      const init = body === undefined ? { method } : { method, headers, body }
      const { status } = await fetch(`${origin}${path}`, init)
      this.#staging.tell('a proxy', `repeats     ${method} ${short(path)}: ${status}`)
    }
  }

  async stop(): Promise<void> {
    await this.#lastRestart
    await this.#endpoint?.[Symbol.asyncDispose]()
    await this.#server?.[Symbol.asyncDispose]()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lastRestart
    await this.#endpoint?.kill()
    await this.#server?.kill()
  }

  #startServer(port: number): Promise<SystemChild> {
    const { script, code } = this.#staging
    const { name, file } = script.server
    return SystemChild.start(
      { kind: 'server', name, module: join(code, file), directory: this.#folders.bank, port },
      (report, child) => this.#onServer(report, child),
    )
  }

  #startEndpoint(): Promise<SystemChild> {
    const { script, code, broker, tell } = this.#staging
    const { name, file } = script.endpoint
    const [module, server] = [join(code, file), script.server.name]
    const { origin } = this.#serving()
    const task = { name, module, directory: this.#folders.shop, broker, server, origin }
    return SystemChild.start({ kind: 'endpoint', ...task }, (report) => tellOf(name, report, tell))
  }

  #serving(): SystemChild {
    if (this.#server) return this.#server
    throw new Error('expected a server, got none')
  }

  #onServer(report: SystemReport, child: SystemChild): void {
    if (report.kind !== 'answers') return
    const { script, tell } = this.#staging
    this.#answered.push(report)
    tell(script.server.name, `answers     ${report.method} ${short(report.path)}: ${report.status}`)
    const [next] = this.#left
    if (next?.after !== report.method || this.isRestarting || report.status >= 300) {
      child.allow()
      return
    }
    this.#left.shift()
    this.isRestarting = true
    this.#lastRestart = this.#restart(next.kill, child).catch((error: unknown) => {
      this.#failure = error instanceof Error ? error : new Error(String(error))
    })
  }

  /** Kills it before anybody has heard the answer. */
  async #restart(which: 'endpoint' | 'server', server: SystemChild): Promise<void> {
    const { script, tell } = this.#staging
    this.kills += 1
    tell(script[which].name, 'is killed   before anybody has heard of it')
    if (which === 'server') {
      await server.kill()
      this.#server = await this.#startServer(Number(new URL(server.origin).port))
    } else {
      await this.#endpoint?.kill()
      server.allow()
      this.#endpoint = await this.#startEndpoint()
    }
    this.isRestarting = false
  }
}

/** The first part of a long id is enough for people. */
const short = (path: string): string =>
  path.replace(/([0-9a-f]{4})[0-9a-f]{4}(-[0-9a-f]+){4}$/, '$1')

function tellOf(name: string, report: SystemReport, tell: SystemsStaging['tell']): void {
  if (report.kind === 'received') {
    const again = report.attempt > 1 ? `, attempt ${report.attempt}` : ''
    tell(name, `receives    ${report.type}${again}`)
  }
  if (report.kind === 'failed') tell(name, `fails       ${report.reason.split(':')[0]}`)
  if (report.kind === 'published') tell(name, `sends       ${report.type}`)
}
