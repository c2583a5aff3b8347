// The broken rule, in a box: its code, and its sentence.

import type { Verdict } from './model.ts'
import { colours, cross, element, unit, words } from './svg-elements.ts'
import { clean, wrapped } from './words.ts'

const lineHeight = 19
const inset = 16
const indent = 34

export function verdictHeight(verdict: Verdict, width: number): number {
  return 50 + sentence(verdict, width).length * lineHeight
}

export function drawVerdict(verdict: Verdict, y: number, width: number): string[] {
  const lines = sentence(verdict, width)
  return [
    element('rect', {
      x: inset,
      y: y + 8,
      width: width - 2 * inset,
      height: verdictHeight(verdict, width) - 16,
      rx: 3,
      fill: '#ffffff',
      stroke: colours.trouble,
      'stroke-width': 2.6,
    }),
    cross({ x: inset + 18, y: y + 27 }),
    words({ x: inset + indent, y: y + 32 }, verdict.code, {
      'font-weight': 'bold',
      'font-size': 15,
      fill: colours.trouble,
    }),
    ...lines.map((line, index) =>
      words({ x: inset + indent, y: y + 32 + (index + 1) * lineHeight }, line),
    ),
  ]
}

function sentence(verdict: Verdict, width: number): readonly string[] {
  return wrapped(clean(verdict.sentence), Math.floor((width - 2 * inset - indent - 12) / unit))
}
