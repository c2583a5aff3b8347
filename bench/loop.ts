// The loop of an attendee's day: from a save to its verdict, and from `start` to the first one. It
// runs the real `start` in a clone of its own, saves a file as an editor does, and waits for the
// event. Green is the longer way: every schedule is tried, and the compiler has to agree.

import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { Clone } from '../tests/clone.ts'
import type { RunnerEvent } from '../workshop/runner/events.ts'

/** Exercise, the file to save, and the most that the median may be, in milliseconds. */
const loops = [
  { folder: '03-idempotent-business-logic', mostMs: 600 },
  { folder: '13-outbox', mostMs: 1_000 },
] as const

const file = 'orders.ts'
const saves = 20
const starts = 3
const mostStartMs = 3_000
/** Far more than any run takes. */
const limitMs = 60_000

type Figures = {
  /** From a save to green, by exercise. */
  readonly medianMs: Readonly<Record<string, number>>
  readonly redMedianMs: Readonly<Record<string, number>>
  readonly startMs: number
  readonly ok: boolean
}

type Print = (line: string) => void

export async function bench(print: Print): Promise<Figures> {
  await using clone = await Clone.make()
  const figures = new Map<string, { readonly greenMs: number; readonly redMs: number }>()
  const startMs: number[] = []
  for (const { folder } of loops) {
    const number = folder.slice(0, 2)
    for (let round = 0; round < starts; round++) {
      await using warm = await Session.start(clone.folder, number)
      startMs.push(warm.startMs)
    }
    await using session = await Session.start(clone.folder, number)
    const ms = await savesOf(session, clone.folder, folder)
    figures.set(number, ms)
    print(`${number}: green ${ms.greenMs} ms, red ${ms.redMs} ms (medians of ${saves} saves each)`)
  }
  // The first of all fills the caches.
  const start = median(startMs.slice(1))
  print(`start to the first verdict: ${start} ms (median of ${startMs.length - 1})`)
  const ok = loops.every(
    ({ folder, mostMs }) => (figures.get(folder.slice(0, 2))?.greenMs ?? Infinity) < mostMs,
  )
  return {
    medianMs: Object.fromEntries([...figures].map(([number, { greenMs }]) => [number, greenMs])),
    redMedianMs: Object.fromEntries([...figures].map(([number, { redMs }]) => [number, redMs])),
    startMs: start,
    ok: ok && start < mostStartMs,
  }
}

/** Saves the solution and the start in turns. */
async function savesOf(session: Session, clone: string, folder: string) {
  const path = join(clone, 'exercises', folder, file)
  const texts = {
    red: await readFile(path, 'utf8'),
    green: await readFile(join(clone, 'solutions', folder, file), 'utf8'),
  }
  const rest = await otherFilesOf(clone, folder)
  for (const [name, text] of rest) await writeFile(join(clone, 'exercises', folder, name), text)
  const tookMs = { green: [] as number[], red: [] as number[] }
  for (let save = 0; save < 2 * saves; save++) {
    const kind = save % 2 === 0 ? 'green' : 'red'
    const verdict = session.next((event) =>
      kind === 'green' ? event.kind === 'green' : event.kind === 'result' && event.verdict === kind,
    )
    const savedMs = performance.now()
    await writeFile(path, `${texts[kind]}// save ${save}\n`)
    await verdict
    tookMs[kind].push(performance.now() - savedMs)
  }
  return { greenMs: median(tookMs.green), redMs: median(tookMs.red) }
}

/** What else the solution of an exercise changes. */
async function otherFilesOf(clone: string, folder: string): Promise<readonly [string, string][]> {
  const readme = await readFile(join(clone, 'exercises', folder, 'README.md'), 'utf8')
  const [, edit = ''] = /^edit: (.+)$/m.exec(readme) ?? []
  const names = edit.split(' ').filter((name) => name !== file)
  return Promise.all(
    names.map(async (name): Promise<[string, string]> => [
      name,
      await readFile(join(clone, 'solutions', folder, name), 'utf8'),
    ]),
  )
}

/** A `start` that stays, heard through its events. */
class Session implements AsyncDisposable {
  readonly startMs: number
  readonly #child: ChildProcessByStdio<Writable, Readable, null>
  readonly #listeners: Set<(event: RunnerEvent) => void>

  private constructor(
    child: ChildProcessByStdio<Writable, Readable, null>,
    listeners: Set<(event: RunnerEvent) => void>,
    startMs: number,
  ) {
    this.#child = child
    this.#listeners = listeners
    this.startMs = startMs
  }

  static async start(clone: string, number: string): Promise<Session> {
    const startedMs = performance.now()
    const args = [join('workshop', 'main.js'), 'start', number, '--json', '--stay']
    const { CI: _ci, ...env } = process.env
    const child = spawn(process.execPath, args, {
      cwd: clone,
      env,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const listeners = new Set<(event: RunnerEvent) => void>()
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event: RunnerEvent = JSON.parse(line)
      for (const listener of listeners) listener(event)
    })
    const session = new Session(child, listeners, 0)
    await session.next(({ kind }) => kind === 'result')
    return new Session(child, listeners, performance.now() - startedMs)
  }

  /** Resolves with the first event from now on that `isIt`. */
  next(isIt: (event: RunnerEvent) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const limit = setTimeout(
        () => reject(new Error(`expected a verdict within ${limitMs} ms`)),
        limitMs,
      )
      const listener = (event: RunnerEvent): void => {
        if (!isIt(event)) return
        clearTimeout(limit)
        this.#listeners.delete(listener)
        resolve()
      }
      this.#listeners.add(listener)
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#child, 'close')
    this.#child.stdin.end()
    await ended
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)
}
