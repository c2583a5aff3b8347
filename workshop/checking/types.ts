// Type-checks what is laid out in a scratch folder, in one run of the compiler.

import { writeFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { fromRoot, root } from '../root.ts'
import { runTool } from '../tool.ts'

/** The problems below `folder`, by the folder of the file that has them, from the root. */
export async function typeProblems(
  folder: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const config = join(folder, 'tsconfig.json')
  const from = relative(folder, join(root, 'tsconfig.json')).split(sep).join('/')
  await writeFile(config, JSON.stringify({ extends: from, include: ['**/*.ts'], exclude: [] }))
  const { ok, output } = await runTool('typescript', ['-p', config, '--pretty', 'false'], 'tsc')
  const problems = new Map<string, string[]>()
  for (const line of output.split('\n')) {
    const file = /^(.+?)\(\d+,\d+\): error /.exec(line)?.[1]
    if (file === undefined) continue
    const path = fromRoot(join(root, file))
    const at = path.slice(0, path.lastIndexOf('/'))
    problems.set(at, [...(problems.get(at) ?? []), line])
  }
  if (ok || problems.size > 0) return problems
  throw new Error(`expected the compiler to name what is wrong, got: ${output}`)
}
