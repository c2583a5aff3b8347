// The rows about programs: Node, pnpm, git, the compiler, SQLite, the editor, RabbitMQ.

import type { Facts } from './facts.ts'
import { aside, broken, fine, type Row, warning } from './row.ts'

/** The oldest that can run the workshop at all; `main.js` refuses an older one too. */
const oldestNode = 22

export function nodeRow({ node }: Pick<Facts, 'node'>): Row {
  const { version, isCarried, wanted } = node
  if (Number(version.split('.')[0]) < oldestNode) {
    return broken('Node', `${version}, too old`, `Start with npx -y pnpm@12, which has ${wanted}.`)
  }
  if (isCarried && version === wanted) return fine('Node', `${version}, which came along`)
  return warning(
    'Node',
    isCarried ? `${version}, and not ${wanted}` : `${version}, from this machine`,
    isCarried
      ? 'Run npx -y pnpm@12 install: it fetches the other one.'
      : `npx -y pnpm@12 workshop doctor runs on ${wanted}, which the exercises were tried with.`,
  )
}

export function pnpmRow({ pnpm, hasNpx }: Pick<Facts, 'pnpm' | 'hasNpx'>): Row {
  if (pnpm) return fine('pnpm', [pnpm.version, `from ${pnpm.from}`].filter(Boolean).join(', '))
  return hasNpx
    ? warning(
        'pnpm',
        'not on this machine yet',
        'Run npx -y pnpm@12 start once with a network; then npx --offline -y pnpm@12 start needs none.',
      )
    : warning('pnpm', 'not found, nor npx', 'node workshop/main.js start does the same without.')
}

export const gitRow = ({ git }: Pick<Facts, 'git'>): Row =>
  git === undefined
    ? warning(
        'git',
        'not found',
        'The workshop works without; to get newer exercises, install git.',
      )
    : fine('git', git)

export function sqliteRow({ sqlite, platform, arch }: Pick<Facts, 'sqlite' | 'platform' | 'arch'>) {
  return typeof sqlite === 'string'
    ? fine('SQLite', `${sqlite}, the embedded broker and store`)
    : broken(
        'SQLite',
        `does not load on ${platform} ${arch}: ${sqlite.problem}`,
        'Delete the folder node_modules, and run npx -y pnpm@12 install.',
      )
}

export function typescriptRow({ typescript }: Pick<Facts, 'typescript'>): Row {
  const fix = 'Delete the folder node_modules, and run npx -y pnpm@12 install.'
  if ('problem' in typescript) return broken('TypeScript', typescript.problem, fix)
  const { version, wanted } = typescript
  return version === wanted
    ? fine('TypeScript', `${version}, which came along`)
    : broken('TypeScript', `${version}, and not ${wanted}`, fix)
}

export function editorRow({ editor }: Pick<Facts, 'editor'>): Row {
  const fix = 'Set EDITOR to the command of your editor; without, open the files by hand.'
  if (!editor) return warning('editor', 'no EDITOR, and no code on the PATH', fix)
  return editor.isFound
    ? fine('editor', `${editor.command}, from ${editor.from}`)
    : warning('editor', `${editor.command}, from ${editor.from}, is not on the PATH`, fix)
}

export const rabbitmqRow = ({ hasRabbitmq }: Pick<Facts, 'hasRabbitmq'>): Row =>
  aside('RabbitMQ', `${hasRabbitmq ? 'answers' : 'does not answer'} on port 5672; not needed`)
