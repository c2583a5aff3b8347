// The few SVG elements that a diagram is made of, as text, one a line. All text is escaped here.

import { clean } from './words.ts'

export const colours = {
  paper: '#fffdf8',
  frame: '#c9c4b8',
  ink: '#1c2733',
  faint: '#5d6772',
  lane: '#8b95a1',
  work: '#9cc3ea',
  trouble: '#b3261e',
  alarm: '#fdeae7',
} as const

/** The size of labels, and the width of one of their characters. Fonts differ: this is the width
 *  of a wide one. */
export const fontSize = 13
export const unit = 7.9

type Attributes = Readonly<Record<string, string | number | undefined>>

export function element(name: string, attributes: Attributes, content = ''): string {
  const listed = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? rounded(value) : value}"`)
    .join('')
  return content === '' ? `<${name}${listed}/>` : `<${name}${listed}>${content}</${name}>`
}

export const rounded = (value: number): string => String(Math.round(value * 10) / 10)

export type Point = { readonly x: number; readonly y: number }

export function line(from: Point, to: Point, attributes: Attributes): string {
  return element('line', { x1: from.x, y1: from.y, x2: to.x, y2: to.y, ...attributes })
}

export function words({ x, y }: Point, text: string, attributes: Attributes = {}): string {
  return element('text', { x, y, ...attributes }, escaped(text))
}

/** Words that cover what they stand on, so that no line runs through them. */
export function wordsOver(at: Point, text: string, attributes: Attributes = {}): string {
  const halo = { 'paint-order': 'stroke', stroke: colours.paper, 'stroke-width': 4 }
  return words(at, text, { ...halo, ...attributes })
}

/** Two strokes through a point. */
export function cross({ x, y }: Point): string {
  const size = 5.5
  const stroke = { stroke: colours.trouble, 'stroke-width': 2.6 }
  return [
    line({ x: x - size, y: y - size }, { x: x + size, y: y + size }, stroke),
    line({ x: x - size, y: y + size }, { x: x + size, y: y - size }, stroke),
  ].join('\n')
}

export function escaped(text: string): string {
  return clean(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
