// The stage of a rehearsal on this machine: scratch copies, which are gone at the end, the tests
// and the compiler of the workshop, and demonstrations on the embedded broker. Nothing in
// `exercises/` is read, written or run.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { items, type Item } from '@workshop/shared/shop'
import type { Exercise } from '../catalogue/exercise.ts'
import { sectionOf } from '../catalogue/readme.ts'
import { endWithin } from '../checking/hang.ts'
import { Scratch, type Variant, variantsOf } from '../checking/scratch.ts'
import { runTests } from '../checking/tests.ts'
import { typeProblems } from '../checking/types.ts'
import { demonstrate } from '../demo/demonstrate.ts'
import { fromRoot } from '../root.ts'
import type { Kind, Shown, Stage } from './rehearse.ts'

/** Many times what the slowest exercise takes. */
const limitMs = 120_000

/** Lays out starts and solutions of `exercises`. */
export async function realStage(exercises: readonly Exercise[]): Promise<Stage & AsyncDisposable> {
  const scratch = await Scratch.make()
  for (const exercise of exercises) {
    for (const kind of ['start', 'solution'] as const) {
      await scratch.layOut(exercise, variantOf(exercise, kind))
    }
  }
  const folderOf = (exercise: Exercise, kind: Kind): string =>
    scratch.path(exercise, variantOf(exercise, kind))
  let checked: ReturnType<typeof typeProblems> | undefined
  return {
    nowMs: () => performance.now(),
    types: async (exercise, kind) => {
      checked ??= typeProblems(scratch.folder)
      return (await checked).get(fromRoot(folderOf(exercise, kind))) ?? []
    },
    play: async (exercise, kind) => {
      const folder = fromRoot(folderOf(exercise, kind))
      return (await endWithin(limitMs, runTests([folder]))).get(folder) ?? []
    },
    demo: (exercise, kind) => demo(exercise, folderOf(exercise, kind)),
    [Symbol.asyncDispose]: () => scratch[Symbol.asyncDispose](),
  }
}

function variantOf(exercise: Exercise, kind: Kind): Variant {
  const variant = variantsOf(exercise).find((one) => one.kind === kind)
  if (variant) return variant
  throw new Error(`expected a ${kind} of ${exercise.folder}, got none`)
}

async function demo(exercise: Exercise, code: string): Promise<Shown> {
  const directory = await mkdtemp(join(tmpdir(), 'workshop-rehearse-'))
  try {
    return await demonstrate({
      exercise,
      code,
      item: itemOf(exercise),
      broker: { kind: 'sqlite', directory },
      directory,
      tell: () => undefined,
    })
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The item that the page for instructors opens with: `the demo (--item bell)`; else the porsche. */
export function itemOf({ solutionFolder }: Pick<Exercise, 'solutionFolder'>): Item {
  const page = solutionFolder.get('INSTRUCTOR.md') ?? ''
  const named = /\bdemo\b[^.]*?\(`--item ([a-z]+)`\)/.exec(sectionOf(page, 'Time box'))?.[1]
  return named !== undefined && Object.hasOwn(items, named) ? (named as Item) : 'porsche'
}
