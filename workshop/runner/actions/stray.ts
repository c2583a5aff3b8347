// Edits that landed in `solutions/`: told once each, with the offer to move them to where they work.

import { editedSolutions, moveEdit, type StrayEdit } from '../../progress/stray-edits.ts'
import { withSaid } from '../../progress/state.ts'
import type { Desk } from '../desk.ts'
import { writtenEvent } from './written.ts'

const pathOf = ({ exercise, file }: StrayEdit): string => `solutions/${exercise.folder}/${file}`

const noticeOf = (path: string): string => `edit in ${path}`

/** Tells of each edit that it has not told of before. */
export async function tellStray(desk: Desk): Promise<void> {
  const { exercises, progress } = desk.workshop
  for (const edit of await editedSolutions(exercises, desk.place)) {
    const notice = noticeOf(pathOf(edit))
    if (progress.said.includes(notice)) continue
    const { exercise, file } = edit
    const belongs = `exercises/${exercise.folder}/${file}`
    desk.emit({ kind: 'stray', file: pathOf(edit), belongs })
    await desk.noteAll((before) => withSaid(before, notice))
  }
}

/** Moves all of them. Both files are kept. */
export async function moveStray(desk: Desk): Promise<void> {
  const { exercises } = desk.workshop
  const edits = await editedSolutions(exercises, desk.place)
  if (edits.length === 0) {
    desk.emit({ kind: 'notice', text: 'No file in solutions/ was edited.' })
  }
  for (const edit of edits) {
    desk.emit(writtenEvent(desk, 'moved', await moveEdit(edit, desk.place)))
    await desk.noteAll((before) => ({
      ...before,
      said: before.said.filter((notice) => notice !== noticeOf(pathOf(edit))),
    }))
  }
}
