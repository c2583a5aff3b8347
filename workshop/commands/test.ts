// `test`: everything that must hold before a change lands: types, lint, format, unit and contract
// tests, and the contract of the exercises. What an attendee edits in `exercises/` is left out:
// those are verified as the repository holds them.

import { createVitest } from 'vitest/node'
import type { Command } from '../command.ts'
import { root } from '../root.ts'
import { runTool } from '../tool.ts'
import { isAvailable } from '../../tests/rabbitmq/rabbitmq-binaries.ts'
import {
  type PrivateRabbitmq,
  startPrivateRabbitmq,
} from '../../tests/rabbitmq/private-rabbitmq.ts'
import { realLines } from '../checking/real.ts'
import { realBrokers } from '../real/brokers.ts'
import { countChecks, printResults, verifyExercises, verifyOnProcesses } from './verify.ts'

type Counts = { readonly passed: number; readonly failed: number }
type Step = { readonly name: string; readonly run: () => Promise<Counts> }

/** What is the project's own, and not the attendee's. */
const own = ['shared/src', 'workshop', 'tests', 'bench', 'vitest.config.ts']

export const command: Command = {
  summary: 'checks everything: types, lint, format, tests and exercises',
  usage: '',
  run: async () => {
    const counts: Counts[] = []
    for (const { name, run } of steps) {
      console.log(`\n── ${name}`)
      counts.push(await run())
    }
    const passed = counts.reduce((sum, one) => sum + one.passed, 0)
    const failed = counts.reduce((sum, one) => sum + one.failed, 0)
    console.log(`\n${passed} passed, ${failed} failed`)
    return failed === 0 ? 0 : 1
  },
}

const steps: readonly Step[] = [
  { name: 'types', run: () => tool('typescript', ['-p', 'tsconfig.check.json'], 'tsc') },
  {
    name: 'lint',
    run: () => tool('oxlint', ['--type-aware', '--deny-warnings', ...own, 'solutions']),
  },
  { name: 'format', run: () => tool('oxfmt', ['--check', ...own, 'solutions']) },
  { name: 'tests', run: vitest },
  { name: 'exercises', run: exercises },
  { name: 'solutions on real processes', run: onProcesses },
]

async function tool(name: string, args: readonly string[], bin?: string): Promise<Counts> {
  const { ok, output } = await runTool(name, args, bin)
  console.log(ok ? 'ok' : output)
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

async function vitest(): Promise<Counts> {
  const runner = await createVitest({ root, watch: false })
  try {
    const { testModules, unhandledErrors } = await runner.start()
    const tests = testModules.flatMap((module) => [...module.children.allTests()])
    const broken = testModules.filter((module) => module.errors().length > 0).length
    const count = (state: string) => tests.filter((test) => test.result().state === state).length
    return {
      passed: count('passed'),
      failed: count('failed') + broken + unhandledErrors.length + (tests.length === 0 ? 1 : 0),
    }
  } finally {
    await runner.close()
    process.exitCode = 0
  }
}

async function exercises(): Promise<Counts> {
  const { results, source } = await verifyExercises({ worktree: process.env['CI'] === 'true' })
  printResults(results, source)
  return countChecks(results)
}

async function onProcesses(): Promise<Counts> {
  await using rabbitmq = await ownRabbitmq()
  const brokers = rabbitmq
    ? ([{ kind: 'sqlite' }, { kind: 'rabbitmq', url: rabbitmq.url }] as const)
    : await realBrokers(undefined, console.log)
  const worktree = process.env['CI'] === 'true'
  const results = await verifyOnProcesses({ worktree, brokers, seed: '1' })
  console.log(realLines(results).join('\n'))
  const passed = results.filter(({ ok }) => ok).length
  return { passed, failed: results.length - passed }
}

/** A RabbitMQ for this run alone, where one is installed, and no other is asked for. */
async function ownRabbitmq(): Promise<PrivateRabbitmq | undefined> {
  const isAsked = (process.env['AMQP_URL'] ?? '') !== ''
  return !isAsked && (await isAvailable()) ? startPrivateRabbitmq() : undefined
}
