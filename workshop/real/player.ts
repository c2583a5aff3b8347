// What `explore` calls in a test that is run on real processes: plays the specification on
// processes that load the same test file, and keeps with the test what was left out. It runs where
// the tests do.

import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { playOnProcesses, type Specification, worldVariable } from '@workshop/shared/explore'
import { type TestContext, TestRunner } from 'vitest'
import { root } from '../root.ts'
import { typescriptFlags } from '../typescript-flags.ts'
import { type RealSetting, settingVariable } from './setting.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** How often it has explored. */
    explorations?: number
    /** What its specifications say, and real processes were not given. */
    leftOut?: string[]
  }
}

type Task = TestContext['task']

/** The `play` of the module that `WORKSHOP_WORLD` names. */
export async function play(specification: Specification): Promise<void> {
  const test = TestRunner.getCurrentTest<Task | undefined>()
  if (!test) throw new Error('expected to be called in a test, got called outside of it')
  const setting: RealSetting = JSON.parse(process.env[settingVariable] ?? '{}')
  const exploration = (test.meta.explorations ?? 0) + 1
  test.meta.explorations = exploration
  const place = [test.file.filepath, String(placeOf(test)), String(exploration)]
  const leftOut = await playOnProcesses(specification, {
    broker: setting.broker,
    seed: `${setting.seed} ${test.name} ${exploration}`,
    spawn: () => start(place),
  })
  test.meta.leftOut = [...new Set([...(test.meta.leftOut ?? []), ...leftOut])]
}

/** Keeps with the test what was not played at all. */
export function leaveOut(what: string): void {
  const test = TestRunner.getCurrentTest<Task | undefined>()
  if (test) test.meta.leftOut = [...(test.meta.leftOut ?? []), what]
}

/** Which test of its file it is, counted from 0. */
function placeOf(test: Task): number {
  const testsOf = (task: Task['file']['tasks'][number]): readonly unknown[] =>
    task.type === 'suite' ? task.tasks.flatMap(testsOf) : [task]
  return test.file.tasks.flatMap(testsOf).indexOf(test)
}

function start(place: readonly string[]): ChildProcess {
  const script = join(root, 'workshop', 'real', 'endpoint-process.ts')
  const { [worldVariable]: _world, [settingVariable]: _setting, ...env } = process.env
  return spawn(process.execPath, [...typescriptFlags, script, ...place], {
    cwd: root,
    env,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    windowsHide: true,
  })
}
