// `test`: everything that must hold before a change lands: types, lint, format, unit and contract
// tests, and the contract of the exercises. What an attendee edits in `exercises/` is left out:
// those are verified as the repository holds them.

import { inspect } from 'node:util'
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
import { foundBy, printResults, verifyExercises, verifyOnProcesses } from './verify.ts'

/** What a step found: how much holds, and a text for each thing that does not. */
type Found = { readonly passed: number; readonly failures: readonly string[] }
type Step = { readonly name: string; readonly run: () => Promise<Found> }

/** What is the project's own, and not the attendee's. */
const own = ['shared/src', 'workshop', 'tests', 'bench', 'vitest.config.ts']

export const command: Command = {
  summary: 'checks everything: types, lint, format, tests and exercises',
  usage: '',
  run: async () => {
    const found: Found[] = []
    for (const { name, run } of steps) {
      console.log(`\n── ${name}`)
      const { passed, failures } = await run()
      found.push({ passed, failures: failures.map((failure) => `✘ ${name}: ${failure}`) })
    }
    const passed = found.reduce((sum, step) => sum + step.passed, 0)
    const failures = found.flatMap((step) => step.failures)
    // Once more and last, as whoever reads a long log begins at its end.
    for (const failure of failures) console.log(`\n${failure}`)
    console.log(`\n${passed} passed, ${failures.length} failed`)
    return failures.length === 0 ? 0 : 1
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

async function tool(name: string, args: readonly string[], bin?: string): Promise<Found> {
  const { ok, output } = await runTool(name, args, bin)
  console.log(ok ? 'ok' : output)
  return ok ? { passed: 1, failures: [] } : { passed: 0, failures: [output.trimEnd()] }
}

async function vitest(): Promise<Found> {
  const runner = await createVitest({ root, watch: false })
  try {
    const { testModules, unhandledErrors } = await runner.start()
    const tests = testModules.flatMap((module) => [...module.children.allTests()])
    const said = (where: string, errors: readonly { readonly message: string }[] | undefined) =>
      [where, ...(errors ?? []).map(({ message }) => message)].join('\n    ')
    return {
      passed: tests.filter((test) => test.result().state === 'passed').length,
      failures: [
        ...tests
          .filter((test) => test.result().state === 'failed')
          .map((test) =>
            said(`${test.module.relativeModuleId} > ${test.fullName}`, test.result().errors),
          ),
        ...testModules
          .filter((module) => module.errors().length > 0)
          .map((module) => said(module.relativeModuleId, module.errors())),
        ...unhandledErrors.map((error) => `outside of any test: ${inspect(error)}`),
        ...(tests.length === 0 ? ['there is no test'] : []),
      ],
    }
  } finally {
    await runner.close()
    process.exitCode = 0
  }
}

async function exercises(): Promise<Found> {
  const { results, source } = await verifyExercises({ worktree: process.env['CI'] === 'true' })
  printResults(results, source)
  return foundBy(results)
}

async function onProcesses(): Promise<Found> {
  await using rabbitmq = await ownRabbitmq()
  const brokers = rabbitmq
    ? ([{ kind: 'sqlite' }, { kind: 'rabbitmq', url: rabbitmq.url }] as const)
    : await realBrokers(undefined, console.log)
  const worktree = process.env['CI'] === 'true'
  const results = await verifyOnProcesses({ worktree, brokers, seed: '1' })
  console.log(realLines(results).join('\n'))
  return {
    passed: results.filter(({ ok }) => ok).length,
    failures: results
      .filter(({ ok }) => !ok)
      .map((result) => realLines([result]).join('\n').replace('✘ ', '')),
  }
}

/** A RabbitMQ for this run alone, where one is installed, and no other is asked for. */
async function ownRabbitmq(): Promise<PrivateRabbitmq | undefined> {
  const isAsked = (process.env['AMQP_URL'] ?? '') !== ''
  return !isAsked && (await isAvailable()) ? startPrivateRabbitmq() : undefined
}
