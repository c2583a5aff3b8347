// `bundle`: makes a folder for a stick, from which the workshop installs without a network, or checks
// one that was made.

import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { makeBundle } from '../bundling/bundle.ts'
import { verifyChecksums } from '../bundling/checksums.ts'
import { bundleLines, isWhole } from '../bundling/lines.ts'
import { findPnpm } from '../bundling/pnpm-program.ts'
import { systemsOf, usualSystems } from '../bundling/systems.ts'
import { type Command, type ExitCode, SetupProblem } from '../command.ts'
import { columns } from '../output.ts'
import { root } from '../root.ts'

export const command: Command = {
  summary: 'makes a folder for a stick, to install from without a network',
  usage: '--out DIR [--systems linux-x64,...] [--commit NAME] | --check DIR [--json]',
  run: async (args) => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        out: { type: 'string' },
        check: { type: 'string' },
        systems: { type: 'string', default: usualSystems },
        commit: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    const { out, check, systems, commit, json } = values
    if ((out === undefined) === (check === undefined)) {
      throw new SetupProblem('expected either --out DIR or --check DIR, and the folder of a stick')
    }
    if (check !== undefined) return checkBundle(resolve(check), json)
    const bundle = await makeBundle({
      root,
      target: out ?? '',
      systems: systemsOf(systems),
      pnpm: await findPnpm(),
      commit,
      say: (words) => {
        if (!json) console.log(`... ${words}`)
      },
    })
    console.log(json ? JSON.stringify(bundle) : bundleLines(bundle, columns()).join('\n'))
    return isWhole(bundle) ? 0 : 2
  },
}

async function checkBundle(folder: string, json: boolean): Promise<ExitCode> {
  const { problems, seal } = await verifyChecksums(folder)
  const isFine = problems.length === 0
  if (json) {
    console.log(JSON.stringify({ folder, ok: isFine, seal, problems }))
  } else {
    for (const problem of problems) console.log(` ✘ ${problem}`)
    console.log(isFine ? `WHOLE  seal ${seal}` : `DAMAGED  ${problems.length} problems`)
  }
  return isFine ? 0 : 1
}
