import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Clone, workshop } from '../../tests/clone.ts'

describe('doctor', () => {
  test('plays an exercise from red to green, and says READY with a code, last', async () => {
    await using clone = await Clone.make({ git: false })
    const { code, output } = await workshop(clone.folder, 'doctor')
    expect(output).toMatch(/✔ fine exercise 03 +red with DUPLICATE_EFFECT, and green once/)
    expect(output.trim().split('\n').at(-1)).toMatch(/^READY {2}code \w{4}/)
    expect(code).toBe(0)
  })

  test('with --json each row is an object, the verdict is the last one, and 2 says it', async () => {
    await using clone = await Clone.make()
    const exercise = join('exercises', '03-idempotent-business-logic')
    const solution = join('solutions', '03-idempotent-business-logic', 'orders.ts')
    await mkdir(join(clone.folder, exercise), { recursive: true })
    await writeFile(join(clone.folder, exercise, 'orders.ts'), 'export const addItem = (')
    const solved = await workshop(clone.folder, 'doctor', '--json')
    expect(solved.code, 'an edit of an attendee is none of its business').toBe(0)
    await writeFile(join(clone.folder, solution), 'export const addItem = (')
    const { code, output } = await workshop(clone.folder, 'doctor', '--json')
    const rows = output
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    expect(rows.at(-1)).toMatchObject({ ready: false })
    expect(rows.at(-2)).toMatchObject({ name: 'exercise 03', ok: false, fix: expect.any(String) })
    expect(code).toBe(2)
  })

  test('start looks at the same rows first, and is refused with the cure of an ill one', async () => {
    await using clone = await Clone.make({ git: false })
    await writeFile(join(clone.folder, '.workshop'), 'a file where a folder must be')
    const { code, output } = await workshop(clone.folder, 'start', '03')
    expect(output).toContain('this is not your code')
    expect(output).toContain('.workshop: not writable: EEXIST')
    expect(output).toContain('Clone into a folder of your own')
    expect(code).toBe(2)
  })
})
