// The rows about the machine and the folder: terminal, ports, processors, memory, disk, file
// events, paths, line endings, and what must be writable.

import type { Facts } from './facts.ts'
import { narrowest } from '../output.ts'
import { broken, fine, type Row, warning } from './row.ts'

const bytesPerMib = 1024 * 1024

/** Exercises and demos write a few files of some kilobytes; their dependencies are here by now. */
const leastFreeMib = 100
const comfortableFreeMib = 1024

/** Two test threads and a compiler. */
const comfortableMemoryMib = 2048

/** Windows' limit for programs that have not asked for longer paths; Node has. */
const longestWindowsPath = 259

/** The longest path below the folder, in node_modules. */
const longestBelow = 187

export const systemRow = ({ platform, arch }: Pick<Facts, 'platform' | 'arch'>): Row =>
  fine('system', `${platform} ${arch}`)

/** Whether what was asked for can be written; one row for each folder. */
export const writableRows = ({ writable }: Pick<Facts['folder'], 'writable'>): readonly Row[] =>
  writable.map(({ name, problem }) =>
    problem === undefined
      ? fine(name, 'writable')
      : broken(
          name,
          `not writable: ${problem}`,
          'Clone into a folder of your own, or make this one writable for you.',
        ),
  )

export function diskRow({ freeBytes }: Pick<Facts['folder'], 'freeBytes'>): Row {
  if (freeBytes === undefined) {
    return warning('disk', 'its free space is unknown', `See that ${leastFreeMib} MiB are free.`)
  }
  const freeMib = freeBytes / bytesPerMib
  if (freeMib < leastFreeMib) {
    return broken('disk', `${size(freeBytes)} free`, `Free at least ${leastFreeMib} MiB.`)
  }
  return freeMib < comfortableFreeMib
    ? warning('disk', `${size(freeBytes)} free`, 'It is enough; an update may need 1 GiB.')
    : fine('disk', `${size(freeBytes)} free`)
}

export const fileEventsRow = ({ hasFileEvents }: Pick<Facts['folder'], 'hasFileEvents'>): Row =>
  hasFileEvents
    ? fine('file events', 'reach this folder')
    : warning(
        'file events',
        'do not reach this folder',
        'start looks for saves by itself; on a drive of this system it hears of them at once.',
      )

export function pathRow({ platform, folder }: Pick<Facts, 'platform' | 'folder'>): Row {
  const { length } = folder.path
  return platform === 'win32' && length + longestBelow > longestWindowsPath
    ? warning(
        'path',
        `${length} characters: ${folder.path}`,
        String.raw`Some programs stop at ${longestWindowsPath}; C:\workshop is short enough.`,
      )
    : fine('path', folder.path)
}

export const endingsRow = ({ endings }: Pick<Facts['folder'], 'endings'>): Row =>
  endings === undefined
    ? broken('line endings', 'no exercise to look at', 'Clone the repository again.')
    : fine('line endings', endings === 'LF' ? endings : `${endings}, which works as well`)

export function terminalRow({ terminal }: Pick<Facts, 'terminal'>): Row {
  if (!terminal) return { name: 'terminal', ok: 'information', value: 'none: plain lines' }
  const { columns, colourBits } = terminal
  const value = `${columns} columns, ${colourBits > 1 ? `${2 ** colourBits} colours` : 'no colours'}`
  return columns < narrowest
    ? broken('terminal', value, `Make the window at least ${narrowest} columns wide.`)
    : fine('terminal', value)
}

export const loopbackRow = ({ loopbackProblem }: Pick<Facts, 'loopbackProblem'>): Row =>
  loopbackProblem === undefined
    ? fine('local port', 'can be opened on 127.0.0.1')
    : broken(
        'local port',
        `cannot be opened on 127.0.0.1: ${loopbackProblem}`,
        'Let Node listen on 127.0.0.1 in the firewall or the policy of this machine.',
      )

export const processorsRow = ({ processors }: Pick<Facts, 'processors'>): Row =>
  processors > 1
    ? fine('processors', String(processors))
    : warning('processors', String(processors), 'It works; a verdict takes longer.')

export const memoryRow = ({ memoryBytes }: Pick<Facts, 'memoryBytes'>): Row =>
  memoryBytes / bytesPerMib < comfortableMemoryMib
    ? warning('memory', size(memoryBytes), 'Close what you do not need; 2 GiB are comfortable.')
    : fine('memory', size(memoryBytes))

function size(bytes: number): string {
  const mib = bytes / bytesPerMib
  return mib < 1024 ? `${Math.floor(mib)} MiB` : `${(mib / 1024).toFixed(1)} GiB`
}
