// How a live demonstration is told: in lines, in large ones for a projector, or as JSON. Whoever
// tells it is given everything that happens, as it happens.

import type { Item } from '@workshop/shared/shop'
import type { Exercise } from '../catalogue/exercise.ts'
import { large } from '../large.ts'
import type { Ending } from './demonstrate.ts'

export type Beginning = {
  readonly exercise: Exercise
  readonly item: Item
  /** What trouble the item brings. */
  readonly sentence: string
}

export type Teller = {
  readonly begin: (beginning: Beginning) => void
  /** Which broker it is, and why. */
  readonly staged: (line: string) => void
  readonly tell: (who: string, what: string) => void
  readonly end: (ending: Ending) => void
}

type Print = (line: string) => void

export function plainTeller(print: Print): Teller {
  return {
    begin: ({ exercise, item, sentence }) => {
      const { front, number } = exercise
      print(`\n  ${number}  ${front.title.toUpperCase()}\n\n  ${item}: ${sentence}\n`)
    },
    staged: (line) => print(`  ${line}\n`),
    tell: (who, what) => print(`    ${who.padEnd(13)}${what}`),
    end: ({ ok, sentence, shown }) => {
      print(`\n  IN THE DATABASE  ${shown}`)
      print(`\n  ${ok ? '✔' : '✘'}  ${sentence.toUpperCase()}\n`)
    },
  }
}

/** The verdict is `GREEN` or `RED`, in big letters, with the sentence above it. */
export function largeTeller(print: Print): Teller {
  const block = (...blocks: readonly string[]): void => {
    for (const line of ['', ...large(blocks)]) print(line)
  }
  return {
    begin: ({ exercise, item, sentence }) =>
      block(`${exercise.number}  ${exercise.front.title.toUpperCase()}`, `${item}: ${sentence}`),
    staged: (line) => block(line),
    tell: (who, what) => block(`${who}  ${what.replaceAll(/ +/g, ' ')}`),
    end: ({ ok, sentence, shown }) => {
      const blocks = [`IN THE DATABASE  ${shown}`, sentence.toUpperCase()]
      for (const line of ['', ...large(blocks, { word: ok ? 'GREEN' : 'RED' })]) print(line)
    },
  }
}

/** One object a line: `began`, `staged`, `told`, `ended`. */
export function jsonTeller(print: Print): Teller {
  const say = (event: object): void => print(JSON.stringify(event))
  return {
    begin: ({ exercise, item, sentence }) =>
      say({ type: 'began', exercise: exercise.folder, item, sentence }),
    staged: (line) => say({ type: 'staged', line }),
    tell: (who, what) => say({ type: 'told', who, what: what.replaceAll(/ +/g, ' ') }),
    end: (ending) => say({ type: 'ended', ...ending }),
  }
}
