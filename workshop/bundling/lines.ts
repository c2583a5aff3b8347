// What the author of a bundle reads when it is made: each system with what it lacks, the size, and
// the verdict last.

import { wrapTo } from '../doctor/wrap.ts'
import type { Bundle } from './bundle.ts'
import type { SystemFacts } from './facts.ts'

/** Whether every system can be installed from it. */
export const isWhole = ({ systems }: Pick<Bundle, 'systems'>): boolean =>
  systems.every(({ installs }) => installs)

export function bundleLines(bundle: Bundle, columns: number): readonly string[] {
  const { systems, files, bytes, seal, folder, commit } = bundle
  const lines = (text: string, first: string): readonly string[] =>
    wrapTo(columns, text, { first, others: ' '.repeat(first.length) })
  const size = `${Math.round(bytes / 1024 ** 2)} MiB in ${files} files`
  const lame = systems.filter(({ installs }) => !installs).map(({ name }) => name)
  return [
    '',
    ...systems.flatMap((one) => lines(told(one), ` ${one.installs ? '✔' : '✘'} `)),
    '',
    ...lines(`${size}, of commit ${commit.slice(0, 10)}`, ''),
    ...lines(`seal ${seal}: --check prints the same for a copy that is whole`, ''),
    ...lines(isWhole(bundle) ? `BUNDLED  ${folder}` : `NOT FOR ${lame.join(', ')}  ${folder}`, ''),
  ]
}

function told({ name, node, pnpm, missing, installs }: SystemFacts): string {
  const has = [
    node ? `Node ${node.version}` : 'no Node: attendees need one of their own, 22 or newer',
    pnpm === undefined ? 'no pnpm' : `pnpm ${pnpm}`,
  ]
  const lacks = missing.length === 0 ? '' : `. The registry lacks ${missing.join(', ')}`
  return `${name}${installs ? '' : ' CANNOT INSTALL'}: ${has.join(', ')}${lacks}`
}
