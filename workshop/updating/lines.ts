// What an update has done, for a person: what was replaced, what stays and why, and what to do
// about it; the command to go on with stands last. As lines that fit, and as objects for `--json`.

import { unified } from '../diffing/unified.ts'
import { type Look, wrap } from '../screens/text.ts'
import { keptFolder } from './settle.ts'
import type { Resumed } from './update.ts'
import type { StartDiff, Updated, UpdatedExercise } from './updated.ts'

/** Of a diff, the rest is shown by `update --compare NN`. */
const mostDiffLines = 24

const call = 'npx -y pnpm@12'

export function updatedLines(updated: Updated, look: Look): readonly string[] {
  const { kind, name, exercises, hasNewDependencies, elsewhere, replacedIn } = updated
  if (kind === 'current') return wrap(`CURRENT  ${name} has nothing newer`, '', look)
  const changed = exercises.filter((one) => one.kind === 'kept-changed')
  return [
    ...wrap(`UPDATED  to ${name}. Every edit of yours is kept.`, '', look),
    ...section('New', named(exercises, 'new'), look),
    ...section(
      'You had not touched them, and they are replaced',
      named(exercises, 'replaced'),
      look,
    ),
    ...section(
      'You work on them, and your files stay',
      exercises.filter((one) => one.kind === 'kept').map(keptText),
      look,
    ),
    ...section('They have left the workshop; what you wrote is kept', goneTexts(exercises), look),
    ...changed.flatMap((one) => keptChangedLines(one, look)),
    ...(changed.length > 0 ? choices(changed, look) : []),
    ...elsewhereLines(elsewhere, look),
    ...(replacedIn === undefined
      ? []
      : ['', ...wrap(`What differed outside of exercises/ is kept in ${replacedIn}`, '', look)]),
    '',
    ...(hasNewDependencies
      ? wrap('What is installed has changed: the next start installs it.', '', look)
      : []),
    `Go on with  ${call} start`,
  ]
}

const section = (title: string, items: readonly string[], look: Look): readonly string[] =>
  items.length === 0
    ? []
    : ['', ...wrap(`${title}:`, '', look), ...items.flatMap((item) => wrap(item, '  ', look))]

const titleText = ({ folder, was, title }: UpdatedExercise): string =>
  `${folder.slice(0, 2)} ${title}${was === undefined ? '' : ` (was ${was.slice(0, 2)})`}`

const named = (
  exercises: readonly UpdatedExercise[],
  kind: UpdatedExercise['kind'],
): readonly string[] => exercises.filter((one) => one.kind === kind).map(titleText)

function keptText(exercise: UpdatedExercise): string {
  const { changed } = exercise
  return `${titleText(exercise)}${changed.length > 0 ? `; new: ${changed.join(', ')}` : ''}`
}

const goneTexts = (exercises: readonly UpdatedExercise[]): readonly string[] =>
  exercises
    .filter((one) => one.kind === 'removed')
    .map((one) => `${titleText(one)}${one.kept === undefined ? '' : `: ${one.kept}`}`)

/** Which files stay behind, what is new in their start, and where all of it is kept. */
function keptChangedLines(exercise: UpdatedExercise, look: Look): readonly string[] {
  const { folder, touched, changed, kept, diffs } = exercise
  const followed = changed.filter((file) => !touched.includes(file))
  const lines = diffs.flatMap((diff) => diffLines(diff, look))
  const rest = lines.length - mostDiffLines
  const number = folder.slice(0, 2)
  return [
    '',
    ...wrap(`CHANGED  ${titleText(exercise)}`, '', look),
    ...wrap(`yours stays: ${diffs.map(({ file }) => file).join(', ')}`, '  ', look),
    ...(followed.length > 0 ? wrap(`new: ${followed.join(', ')}`, '  ', look) : []),
    ...(kept === undefined ? [] : wrap(`a copy: ${kept}`, '  ', look)),
    ...lines.slice(0, rest > 3 ? mostDiffLines : lines.length),
    ...(rest > 3 ? wrap(`${rest} more lines: update --compare ${number}`, '  ', look) : []),
  ]
}

const diffLines = ({ file, old, fresh }: StartDiff, { columns }: Look): readonly string[] =>
  unified(old, fresh, {
    from: `${file}, the start you began from`,
    to: `${file}, the start as it is now`,
    columns,
  })

/** What to do about work whose start has changed. */
export function choices(
  exercises: readonly { readonly folder: string }[],
  look: Look,
): readonly string[] {
  const [first] = exercises
  const number = exercises.length === 1 && first ? first.folder.slice(0, 2) : 'NN'
  return [
    '',
    ...wrap(
      'Their start has changed, and your work has not. Keep yours, take the new start (a reset ' +
        'keeps a copy of yours), or look at the difference first:',
      '',
      look,
    ),
    ...wrap(`${call} workshop update --keep ${number}`, '  keep     ', look),
    ...wrap(`${call} workshop reset ${number}`, '  take     ', look),
    ...wrap(`${call} workshop update --compare ${number}`, '  compare  ', look),
  ]
}

const elsewhereLines = (elsewhere: readonly string[], look: Look): readonly string[] =>
  section(`They could not stay in place, and lie in ${keptFolder}`, elsewhere, look)

/** For `start` and `update`, where an update was interrupted. */
export function resumedLines({ isDone, elsewhere }: Resumed, look: Look): readonly string[] {
  const end = isDone ? 'It is done now.' : 'Everything is as it was before it. To do it again:'
  return [
    ...wrap(`An update was interrupted. ${end}`, '', look),
    ...(isDone ? [] : [`  ${call} workshop update`]),
    ...elsewhereLines(elsewhere, look),
  ]
}

/** One object for each exercise, and one for the whole at the end. */
export function updatedJson({ exercises, ...whole }: Updated): readonly unknown[] {
  return [
    ...exercises.map(({ kind, diffs, ...exercise }) => ({
      kind: 'exercise',
      change: kind,
      ...exercise,
      diffs: diffs.map(({ file, old, fresh }) => ({
        file,
        lines: unified(old, fresh, { from: `a/${file}`, to: `b/${file}` }),
      })),
    })),
    whole,
  ]
}
