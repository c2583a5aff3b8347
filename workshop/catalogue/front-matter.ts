// The front matter of an exercise's README: lines of `key: value` between two lines of `---`. A key
// that may stand several times (`red`) makes a list. No YAML: nothing here needs more.

import { z } from 'zod'
import { failureCodes, type FailureCode } from '@workshop/shared/check'
import { SetupProblem } from '../command.ts'

const codes = Object.keys(failureCodes) as [FailureCode, ...FailureCode[]]

const red = z
  .string()
  .regex(/^[A-Z_]+ \S.*$/, 'expected a failure code, a space and the name of the test')
  .transform((line) => {
    const space = line.indexOf(' ')
    return { code: line.slice(0, space), test: line.slice(space + 1) }
  })
  .pipe(z.object({ code: z.enum(codes), test: z.string() }))

const schema = z.strictObject({
  title: z.string().min(1),
  part: z.coerce.number().int().min(1).max(7),
  minutes: z.coerce.number().int().min(5).max(90),
  /** The files that the reader changes; the first is the one that wrong answers replace. */
  edit: z.string().transform((files) => files.split(' ')),
  /** The exercise whose solution this one starts from, or `nothing`. */
  after: z.string().min(1),
  /** The files of the start that are not the predecessor's solution. */
  differs: z
    .string()
    .default('')
    .transform((files) => files.split(' ').filter(Boolean)),
  /** The brokers on which the solution's tests are run outside of the simulated world. Without it
   *  they are not. */
  real: z
    .string()
    .transform((brokers) => brokers.split(' '))
    .pipe(z.array(z.enum(['sqlite', 'rabbitmq'])))
    .optional(),
  /** What fails in the start: the code, then the test. */
  red: z.array(red).min(1),
})

export type FrontMatter = z.output<typeof schema>
export type Red = FrontMatter['red'][number]

/** Throws a `SetupProblem` that names `file` and what is wrong in it. */
export function parseFrontMatter(text: string, file: string): FrontMatter {
  const block = /^---\n(.*?)\n---\n/s.exec(text)?.[1]
  if (block === undefined)
    throw new SetupProblem(`${file}: expected front matter between lines of ---`)
  const lists: string[] = []
  const values: Record<string, unknown> = { red: lists }
  for (const line of block.split('\n')) {
    const [, key, value] = /^([a-z]+): +(.+)$/.exec(line) ?? []
    if (!key || !value)
      throw new SetupProblem(`${file}: expected a line "key: value", got "${line}"`)
    if (key === 'red') lists.push(value)
    else values[key] = value
  }
  const result = schema.safeParse(values)
  if (result.success) return result.data
  throw new SetupProblem(`${file}: ${z.prettifyError(result.error)}`)
}
