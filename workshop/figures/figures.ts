// What was measured for the lectures, as it lies beside them: figures in JSON, and the picture that
// is drawn of them. To measure takes minutes; to draw takes none.

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { svgCurves } from '@workshop/shared/diagram'
import { z } from 'zod'
import { root } from '../root.ts'

const stored = z.object({
  messages: z.number(),
  entries: z.number(),
  bytes: z.number(),
})

const figures = z.array(
  z.object({ exercise: z.string(), name: z.string(), stored: z.array(stored) }),
)

/** For each way to remember, what is stored because of messages that are done. */
export type Figures = z.output<typeof figures>

const folder = join(root, 'lectures', 'figures')
const figuresPath = join(folder, 'storage.json')
const picturePath = join(folder, 'storage.svg')

export const readFigures = async (): Promise<Figures> =>
  figures.parse(JSON.parse(await readFile(figuresPath, 'utf8')))

export const readPicture = (): Promise<string> => readFile(picturePath, 'utf8')

export async function writeFigures(measured: Figures): Promise<void> {
  await writeFile(figuresPath, `${JSON.stringify(measured, undefined, 1)}\n`)
  await writeFile(picturePath, pictureOf(measured))
}

/** The curves as SVG. */
export const pictureOf = (measured: Figures): string =>
  svgCurves({
    title: 'What is kept of messages that are done',
    axes: { x: 'messages handled', y: 'bytes stored, keys and values' },
    curves: measured.map(({ exercise, name, stored: points }) => ({
      name: `${exercise}: ${name}`,
      points: points.map(({ messages, bytes }) => ({ x: messages, y: bytes })),
    })),
    limit: { y: 400_000, name: 'one item of DynamoDB: 400 KB' },
    yText: bytesText,
  })

/** `450 bytes`, `6 KB`, `5.9 MB` */
export function bytesText(bytes: number): string {
  const [unit = 'bytes', size = 1] = bytes < 1000 ? [] : bytes < 1e6 ? ['KB', 1000] : ['MB', 1e6]
  return `${Math.round((bytes / size) * 10) / 10} ${unit}`
}
