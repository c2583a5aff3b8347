// Draws a mob's clock: a line that is drawn over each second, or a large screen; in plain lines and
// JSON there is no clock, only what happens.

import { columns } from '../output.ts'
import { largeStatus, type MobForm, type MobNews, newsLines, statusLine } from './screens.ts'
import type { Turn } from './timer.ts'

export type MobOutput = {
  readonly columns?: number
  readonly write: (text: string) => unknown
}

export type Painter = {
  readonly tell: (news: MobNews) => void
  readonly show: (turn: Turn) => void
  /** Leaves the cursor below what was drawn. */
  readonly close: () => void
}

const keys = 'space pause · n next now · q quit'

const clearLine = '\r\u001b[K'
const home = '\u001b[H'
const clearBelow = '\u001b[J'

export function painter(output: MobOutput, form: MobForm): Painter {
  if (form === 'large') return largePainter(output)
  let isDrawn = false
  const clear = (): void => {
    if (isDrawn) output.write(clearLine)
    isDrawn = false
  }
  return {
    tell: (news) => {
      clear()
      for (const line of newsLines(news, form, columns(output))) output.write(`${line}\n`)
      const { event } = news
      if (form === 'terminal' && event.type === 'turn' && !event.isHandOver) {
        output.write(`${keys}\n\n`)
      }
    },
    show: (turn) => {
      if (form !== 'terminal') return
      // One column is left free: some terminals begin a new line in the last one.
      output.write(`${clearLine}${statusLine(turn, columns(output) - 1)}`)
      isDrawn = true
    },
    close: () => {
      if (isDrawn) output.write('\n')
    },
  }
}

/** The news stands below the clock until the next. */
function largePainter(output: MobOutput): Painter {
  let news: readonly string[] = []
  let isDrawn = false
  const draw = (lines: readonly string[]): void => {
    output.write(`${home}${lines.map((line) => `${line}\u001b[K\r\n`).join('')}${clearBelow}`)
    isDrawn = true
  }
  return {
    tell: (told) => {
      const lines = newsLines(told, 'large', 60)
      if (lines[0] === '\u0007') output.write('\u0007')
      news = lines.filter((line) => line !== '\u0007')
      if (told.event.type === 'ended') draw(news)
    },
    show: (turn) => draw([...largeStatus(turn), '', ...news, keys]),
    close: () => {
      if (isDrawn) output.write('\n')
    },
  }
}
