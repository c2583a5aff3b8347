// What a demonstration in steps prints: where the folder is, each change as a diff, and how many
// are left. In lines, in large ones for a projector, or as JSON.

import { unified } from '../diffing/unified.ts'
import { type Block, large } from '../large.ts'
import { fromRoot } from '../root.ts'
import { wrap } from '../screens/text.ts'
import type { Step } from './steps.ts'

export type StepEvent =
  | {
      readonly type: 'begun'
      readonly folder: string
      readonly steps: number
      /** Where the text of somebody else was kept. */
      readonly kept: string | undefined
    }
  | {
      readonly type: 'step'
      readonly folder: string
      readonly step: Step
      /** 1, 2, 3 ... */
      readonly number: number
      readonly steps: number
    }
  | { readonly type: 'ended'; readonly folder: string; readonly steps: number }

export type StepForm = 'plain' | 'large' | 'json'

export type StepLook = { readonly form: StepForm; readonly columns: number }

export function stepLines(event: StepEvent, { form, columns }: StepLook): readonly string[] {
  if (form === 'json') return [JSON.stringify(asData(event))]
  const blocks = blocksOf(event, form === 'large' ? 60 : columns)
  if (form === 'large') return large(blocks)
  return blocks.flatMap((block) => [
    ...(typeof block === 'string' ? wrap(block, '', { columns }) : block),
    '',
  ])
}

function blocksOf(event: StepEvent, columns: number): readonly Block[] {
  switch (event.type) {
    case 'begun':
      return [
        ...(event.kept === undefined ? [] : [`Kept what was there: ${fromRoot(event.kept)}`]),
        `Open this folder in an editor: ${fromRoot(event.folder)}`,
        `The start is there; ${count(event.steps)} to the solution.`,
      ]
    case 'step': {
      const { step, number, steps, folder } = event
      return [
        [`Step ${number} of ${steps}`, placeOf(folder, step)],
        diffOf(step, columns),
        `${number === steps ? 'This is the solution' : `${count(steps - number)} left`}.`,
      ]
    }
    case 'ended':
      return ['This is the solution: no step is left. Begin again with --reset.']
  }
}

function asData(event: StepEvent): object {
  if (event.type !== 'step') return { ...event, folder: fromRoot(event.folder) }
  const { step, number, steps, folder } = event
  return {
    type: 'step',
    number,
    steps,
    left: steps - number,
    file: placeOf(folder, step).replace(/:\d+$/, ''),
    line: step.line,
    diff: unified(step.before, step.after, { from: step.file, to: step.file }),
  }
}

const placeOf = (folder: string, { file, line }: Step): string =>
  `${fromRoot(folder)}/${file}:${line}`

/** Without the two lines that name the file. */
const diffOf = ({ file, before, after }: Step, columns: number): readonly string[] =>
  unified(before, after, { from: file, to: file, columns }).slice(2)

const count = (steps: number): string => `${steps} ${steps === 1 ? 'step' : 'steps'}`
