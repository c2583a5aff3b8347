// Keeps the picture of the first failure of a soak: its files outlive the soak's own folder.

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { svgDiagram, textDiagram } from '@workshop/shared/diagram'
import { fromRoot, root } from '../root.ts'
import type { Judgement, SentCommand } from './judge.ts'
import { notesIn } from './notes.ts'
import { type Noted, pictureOf } from './picture.ts'
import type { Scene } from './scene.ts'
import type { Run } from './run.ts'

/** Resolves with the file, from the root; undefined where there is nothing to show. */
export async function keepPicture(
  { crew, load, scene, options }: Run,
  violations: Judgement['violations'],
): Promise<string | undefined> {
  for (const { about, violation } of violations) {
    const commands = commandsFor(about, load.sent, scene)
    if (commands.length === 0) continue
    const ids = new Set(commands.map(({ id }) => id))
    const noted = crew.lives.flatMap((life) =>
      [...notesIn(life.notes)].flatMap((note): Noted[] =>
        ids.has(note.about) ? [{ life, note }] : [],
      ),
    )
    const diagram = pictureOf({ commands, noted, violation })
    const folder = join(root, '.workshop', 'soak')
    await mkdir(folder, { recursive: true })
    const { exercise, answer, broker, seed } = options
    const name = [exercise, answer, broker, seed].join('-').replaceAll(/[^\w.-]+/g, '-')
    await writeFile(join(folder, `${name}.svg`), svgDiagram(diagram))
    await writeFile(join(folder, `${name}.txt`), textDiagram(diagram))
    return fromRoot(join(folder, `${name}.txt`))
  }
  return undefined
}

/** Those of the order; where it is about something else that is stored, those that lead there. */
function commandsFor(
  about: string,
  sent: readonly SentCommand[],
  scene: Scene,
): readonly SentCommand[] {
  const own = sent.filter(({ orderId }) => orderId === about)
  if (own.length > 0) return own
  return sent.filter(({ orderId, item }) => scene.lists(new Map([[orderId, [item]]])).has(about))
}
