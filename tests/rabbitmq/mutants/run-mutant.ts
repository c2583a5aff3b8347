// How a fault case ends on a broken adapter, in a process of its own.

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Mutation } from './mutation.ts'

export type Verdict = 'passed' | 'failed' | 'crashed'

/** Enough for each of the cases that the mutants fail, many times over. */
const patienceMs = 3000
const limitMs = 60_000

export async function verdictOn(
  { title, url }: { readonly title: string; readonly url: string },
  mutation: Mutation,
): Promise<{ readonly verdict: Verdict; readonly output: string }> {
  const script = fileURLToPath(new URL('run-case.ts', import.meta.url))
  const hook = new URL('mutation.ts', import.meta.url).href
  const env = {
    ...process.env,
    FAULT_BOUND_MS: String(patienceMs),
    MUTATION: JSON.stringify(mutation),
  }
  return new Promise((resolve) => {
    const args = ['--import', hook, script, title, url]
    const child = execFile(process.execPath, args, { env, timeout: limitMs }, (_, out, errors) => {
      const verdicts: Record<string, Verdict> = { 0: 'passed', 10: 'failed' }
      const verdict = verdicts[String(child.exitCode)] ?? 'crashed'
      resolve({ verdict, output: `${out}${errors}` })
    })
  })
}
