// `start`: opens the workshop. In a terminal it stays, runs the current exercise on every save, and
// ends on `q`; without one it prints the same once, in plain lines, and exits.

import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { type Exercise, exerciseFolder, readExercises } from '../catalogue/exercise.ts'
import { type Pristine, readPristine, snapshotFolder } from '../catalogue/pristine.ts'
import type { Command, ExitCode } from '../command.ts'
import { SetupProblem } from '../command.ts'
import { checkMachine } from '../machine.ts'
import { Resident } from '../resident.ts'
import { root } from '../root.ts'
import { onSaves } from '../saves.ts'
import { exerciseHeader, inOrder, isGreen, machineLine, resultLines } from '../screen.ts'

export const command: Command = {
  summary: 'opens the workshop: runs the current exercise on every save',
  usage: '[NN]',
  run: async (args) => {
    const rows = await checkMachine()
    const pristine = await readPristine({ worktree: false })
    await keepPristine(pristine)
    const [exercise] = await readExercises(pristine, args)
    if (!exercise) throw new SetupProblem('expected at least one exercise, got none')
    console.log(['Northern Gifts: the exactly-once workshop', machineLine(rows), ''].join('\n'))
    await using resident = await Resident.start(exerciseFolder(exercise))
    const green = await show(exercise, resident)
    if (!process.stdin.isTTY || !process.stdout.isTTY) return green ? 0 : 1
    return await stay(exercise, resident)
  },
}

/** Without git, the first start keeps a copy of the exercises as they came. */
async function keepPristine({ isKept }: Pristine): Promise<void> {
  if (isKept) return
  await cp(join(root, 'exercises'), join(snapshotFolder, 'exercises'), { recursive: true })
}

async function show(exercise: Exercise, resident: Resident): Promise<boolean> {
  const startedMs = performance.now()
  const outcomes = inOrder(await resident.run(), exercise.front)
  const ms = performance.now() - startedMs
  console.log([...exerciseHeader(exercise), '', ...resultLines({ outcomes, ms })].join('\n'))
  return isGreen(outcomes)
}

/** Runs again after each save, one run at a time, until `q` or Ctrl-C. */
async function stay(exercise: Exercise, resident: Resident): Promise<ExitCode> {
  const keys = 'save to run again  ·  q quit'
  console.log(keys)
  const failed = Promise.withResolvers<never>()
  let running: Promise<void> = Promise.resolve()
  let isWaiting = false
  const stopWatching = onSaves(exerciseFolder(exercise), () => {
    if (isWaiting) return
    isWaiting = true
    running = running.then(async () => {
      isWaiting = false
      console.log('\nrunning ...')
      await show(exercise, resident)
      console.log(keys)
    })
    // What a run cannot recover from ends the wait for a key.
    running.catch(failed.reject)
  })
  try {
    await Promise.race([quitKey(), failed.promise])
    await running
  } finally {
    stopWatching()
    process.stdin.setRawMode(false)
    process.stdin.pause()
  }
  return 0
}

function quitKey(): Promise<void> {
  const { stdin } = process
  stdin.setRawMode(true)
  stdin.resume()
  return new Promise((resolve) => {
    const onData = (data: Buffer): void => {
      // In raw mode Ctrl-C and Ctrl-D arrive as bytes.
      if (!['q', 'Q', '\u0003', '\u0004'].includes(data.toString())) return
      stdin.off('data', onData)
      resolve()
    }
    stdin.on('data', onData)
  })
}
