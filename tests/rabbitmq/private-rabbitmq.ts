// A RabbitMQ of the tests' own: in a private directory, on three private ports of the loopback
// interface, ended with everything that belongs to it. It can be killed, restarted, and told that
// it has no memory left. It is one node: nothing about a cluster can be tested with it.

import { execFile, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { setTimeout as timer } from 'node:timers/promises'
import { patience } from '@workshop/shared/world'
import { answersAmqp } from '../../shared/src/broker/rabbitmq/probe.ts'
import { freePorts } from './free-ports.ts'
import { hireJanitor } from './janitor.ts'
import { rabbitmqBinaries } from './rabbitmq-binaries.ts'

const run = promisify(execFile)
/** Seen: 3 to 8 s on two cores. */
const startBoundMs = 60_000
const stopBoundMs = 20_000

export interface PrivateRabbitmq extends AsyncDisposable {
  readonly url: string
  readonly port: number
  /** Ends it as a power cut would: SIGKILL. */
  kill(): Promise<void>
  /** Has it write down which queues it has. It does so by itself within three seconds: a quorum
   *  queue that was made less than that before a kill may come back without a leader and without
   *  what it had confirmed (seen with 3.10.8). */
  flush(): Promise<void>
  /** The names of its queues. */
  queues(): Promise<readonly string[]>
  /** Starts it again on what it had stored. */
  restart(): Promise<void>
  /** Whether it should act as if its memory were full: publishing connections are then blocked. */
  setMemoryAlarm(isOn: boolean): Promise<void>
  stop(): Promise<void>
}

type Ports = { readonly amqp: number; readonly distribution: number; readonly epmd: number }
type Home = { readonly directory: string; readonly env: NodeJS.ProcessEnv; readonly ports: Ports }

export async function startPrivateRabbitmq(): Promise<PrivateRabbitmq> {
  const binaries = await rabbitmqBinaries()
  if (!binaries) throw new Error('expected rabbitmq-server to be installed, found none')
  const home = await makeHome()
  const url = `amqp://guest:guest@127.0.0.1:${home.ports.amqp}`
  const server = `${binaries}/rabbitmq-server`
  let node = launch(server, home)
  let stopped: Promise<void> | undefined

  const janitor = hireJanitor({ directory: home.directory, epmdPort: home.ports.epmd })
  janitor.guards(node.group)

  const stop = async () => {
    await node.end('SIGTERM')
    await janitor.dismiss()
  }
  const broker: PrivateRabbitmq = {
    url,
    port: home.ports.amqp,
    kill: () => node.end('SIGKILL'),
    flush: async () => {
      await run(
        `${binaries}/rabbitmqctl`,
        ['eval', '[ok = dets:sync(T) || T <- dets:all()].'],
        home,
      )
    },
    queues: async () => {
      const { stdout } = await run(`${binaries}/rabbitmqctl`, ['-q', 'list_queues', 'name'], home)
      return stdout.split('\n').filter((line) => line !== '' && line !== 'name')
    },
    restart: async () => {
      node = launch(server, home)
      janitor.guards(node.group)
      await answers(home.ports.amqp, node)
    },
    setMemoryAlarm: async (isOn) => {
      const watermark = isOn ? '0.000001' : '0.4'
      await run(`${binaries}/rabbitmqctl`, ['set_vm_memory_high_watermark', watermark], home)
    },
    stop: () => (stopped ??= stop()),
    [Symbol.asyncDispose]: () => broker.stop(),
  }
  try {
    await answers(home.ports.amqp, node)
  } catch (error) {
    await broker.stop()
    throw error
  }
  return broker
}

async function makeHome(): Promise<Home> {
  const directory = await mkdtemp(join(tmpdir(), 'private-rabbitmq-'))
  const [amqp = 0, distribution = 0, epmd = 0] = await freePorts(3)
  for (const name of ['home', 'data', 'log']) await mkdir(join(directory, name))
  await writeFile(
    join(directory, 'rabbitmq.conf'),
    `listeners.tcp.local = 127.0.0.1:${amqp}\nlog.file.level = warning\nlog.console = false\n`,
  )
  await writeFile(join(directory, 'enabled_plugins'), '[].\n')
  const env = {
    PATH: process.env['PATH'],
    HOME: join(directory, 'home'),
    RABBITMQ_NODENAME: `private-${amqp}@localhost`,
    RABBITMQ_CONFIG_FILE: join(directory, 'rabbitmq.conf'),
    RABBITMQ_MNESIA_BASE: join(directory, 'data'),
    RABBITMQ_LOG_BASE: join(directory, 'log'),
    RABBITMQ_PID_FILE: join(directory, 'pid'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(directory, 'enabled_plugins'),
    RABBITMQ_CONF_ENV_FILE: join(directory, 'no-such-file'),
    RABBITMQ_DIST_PORT: String(distribution),
    ERL_EPMD_PORT: String(epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
  }
  return { directory, env, ports: { amqp, distribution, epmd } }
}

interface Node {
  readonly hasEnded: boolean
  /** The process group that everything of it is in. */
  readonly group: number | undefined
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/** Starts the server script, which becomes the group leader of the Erlang node. */
function launch(server: string, { directory, env }: Home): Node {
  const child = spawn(server, { cwd: directory, env, stdio: 'ignore', detached: true })
  let hasEnded = false
  const ended = new Promise<void>((resolve) => {
    for (const event of ['exit', 'error'] as const) {
      child.once(event, () => {
        hasEnded = true
        resolve()
      })
    }
  })
  const killGroup = () => {
    try {
      if (child.pid && !hasEnded) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It has ended by itself in the meantime.
    }
  }
  return {
    get hasEnded() {
      return hasEnded
    },
    group: child.pid,
    end: async (signal) => {
      if (hasEnded) return
      if (signal === 'SIGTERM') {
        const pid = await nodePid(directory, child.pid)
        try {
          process.kill(pid, signal)
        } catch {
          // As above.
        }
        if (await endsWithin(ended, stopBoundMs)) return
      }
      killGroup()
      await ended
    },
  }
}

/** The Erlang node's own pid, from its pid file; before that is written, the script's. */
async function nodePid(directory: string, scriptPid: number | undefined): Promise<number> {
  const text = await readFile(join(directory, 'pid'), 'utf8').catch(() => '')
  const pid = Number(text.trim()) || scriptPid
  if (!pid) throw new Error('expected rabbitmq-server to have started, it has not')
  return pid
}

async function endsWithin(ended: Promise<void>, ms: number): Promise<boolean> {
  const abort = new AbortController()
  const late = timer(ms, false, { signal: abort.signal }).catch(() => false)
  const inTime = await Promise.race([ended.then(() => true), late])
  abort.abort()
  return inTime
}

/** Resolves once it speaks AMQP, which is the last thing that it learns when it starts. */
async function answers(port: number, node: Node): Promise<void> {
  const isLate = patience(startBoundMs)
  while (!(await answersAmqp({ host: '127.0.0.1', port }))) {
    if (node.hasEnded) throw new Error('expected the private RabbitMQ to start, it ended')
    if (isLate()) {
      throw new Error(`expected the private RabbitMQ to answer within ${startBoundMs} ms`)
    }
    await timer(50)
  }
}
