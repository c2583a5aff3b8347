// The instructor's commands, as they are typed: exit codes, and what is printed to whom.

import { describe, expect, test } from 'vitest'
import { root } from '../workshop/root.ts'
import { workshop } from './clone.ts'

describe.concurrent("the instructor's commands", () => {
  test.for([
    [['demo', '03', '--wrong'], '\n  conflict-means-duplicate\n'],
    [['demo', '03', '--wrong', '--large'], '\n  conflict-means-duplicate\n'],
    [['demo', '03', '--wrong', 'nonsense'], 'got "nonsense":\n'],
    [['demo', '03', '--reset'], 'expected --reset together with --step'],
    [['demo', '03', '--step', '--wrong', 'x'], 'expected --step or --wrong, got both'],
    [['mob'], 'expected --drivers with 2 to 20 names'],
    [['mob', '--drivers', 'ann,ben', '--minutes', '90'], 'expected --minutes and a whole number'],
  ] as const)('%j is answered with what to write instead', async ([args, says]) => {
    const { code, output } = await workshop(root, ...args)
    expect(output).toContain(says)
    expect(output).toContain('not your code')
    expect(code).toBe(2)
  })

  test('a wrong answer that fails as it declares ends with 0, and is one JSON object', async () => {
    const call = ['demo', '03', '--wrong', 'forgotten-await', '--json'] as const
    const { code, output } = await workshop(root, ...call)
    expect(code).toBe(0)
    expect(JSON.parse(output)).toMatchObject({
      type: 'wrong',
      exercise: '03-idempotent-business-logic',
      name: 'forgotten-await',
      ok: true,
    })
  })

  test('a large demonstration keeps to 60 columns, and ends with the verdict', async () => {
    const { code, output } = await workshop(root, 'demo', '03', '--solution', '--large')
    expect(code).toBe(0)
    const lines = output.trimEnd().split('\n')
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(60)
    expect(lines.at(-1)).toMatch(/^[# ]+$/)
  })
})
