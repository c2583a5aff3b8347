// Runs one fault case in a process of its own, on a RabbitMQ that somebody else has started, and
// says by its exit code how it ended: 0 passed, 10 an assertion failed, anything else is a crash.

import { AssertionError } from 'node:assert/strict'
import { brokerFaults } from '../faults/broker-faults.ts'
import { cuts } from '../faults/cuts.ts'
import { aScene } from '../faults/fault-case.ts'
import { limits } from '../faults/limits.ts'

const failed = 10

const [title = '', url = ''] = process.argv.slice(2)
const fault = [...limits, ...cuts, ...brokerFaults].find((one) => one.title === title)
if (!fault) throw new Error(`expected a fault case with the title "${title}", found none`)

const notHere = () => Promise.reject(new Error('expected a case that leaves the broker alone'))
const scene = aScene({
  url,
  port: Number(new URL(url).port),
  kill: notHere,
  flush: notHere,
  queues: notHere,
  restart: notHere,
  setMemoryAlarm: notHere,
})
try {
  await fault.run(scene)
} catch (error) {
  console.error(error)
  process.exitCode = error instanceof AssertionError ? failed : 1
}
try {
  await scene[Symbol.asyncDispose]()
} finally {
  // A broken adapter may leave handlers, timers and sockets behind.
  process.exit()
}
