import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type FailureCode, failureCodes } from '@workshop/shared/check'
import { describe, expect, test } from 'vitest'
import { filesBelow } from '../workshop/catalogue/pristine.ts'
import { linkProblems } from '../workshop/checking/pages.ts'
import { readHandouts } from '../workshop/lectures/check.ts'
import { proseLines } from '../workshop/lectures/page.ts'
import { regionOf } from '../workshop/lectures/regions.ts'
import { root } from '../workshop/root.ts'

const codes = Object.keys(failureCodes) as readonly FailureCode[]

/** The text of one handout without the insides of its blocks. */
async function prose(name: string): Promise<string> {
  const [page] = await readHandouts([name])
  return proseLines(page!).join('\n')
}

test('the words "simply" and "just" stand in no handout', async () => {
  for (const { path, text } of await readHandouts()) {
    expect(text.match(/.*\b(simply|just)\b.*/gi) ?? [], path).toEqual([])
  }
})

test('the README of the lectures leads to each handout', async () => {
  const readme = await readFile(join(root, 'lectures/README.md'), 'utf8')
  const pages = await readHandouts()
  expect(pages.length).toBeGreaterThan(1)
  for (const { path } of pages) expect(readme).toContain(`](${path.slice('lectures/'.length)})`)
})

describe('the glossary', () => {
  const entry = async (code: FailureCode): Promise<string> => {
    const text = await prose('glossary')
    const [, found = ''] = text.split(`\n### \`${code}\`\n`)
    return found.split(/^##/m)[0] ?? ''
  }
  const numbersBehind = (words: string, text: string): readonly string[] => {
    const [, list = ''] = new RegExp(`\\*${words}\\*((?:\\s\\[\\d\\d\\])+)`).exec(text) ?? []
    return list.match(/\d\d/g) ?? []
  }
  /** The exercises in whose files `pattern` names the code. */
  const where = async (folder: string, file: RegExp, pattern: RegExp) => {
    const files = [...(await filesBelow(root, folder))].filter(([path]) => file.test(path))
    const found = files.filter(([, text]) => pattern.test(text))
    return [...new Set(found.map(([path]) => path.split('/')[1]!.slice(0, 2)))]
  }

  test.for(codes)('%s: its entry shows it, and says where it is met', async (code) => {
    const text = await entry(code)
    expect(text).toContain('*Way out:*')
    // A picture, or the reason why there is none.
    const hasPicture = /^```space-time \d\d /m.test(text)
    expect(text.includes('No picture:')).toBe(!hasPicture)

    const red = await where('exercises', /README\.md$/, new RegExp(`^red: ${code}( |$)`, 'm'))
    const wrong = await where('solutions', /\/wrong\/.*\.ts$/, new RegExp(`with: ${code}$`, 'm'))
    expect(numbersBehind('Red in', text)).toEqual(red)
    const listed = numbersBehind('Wrong answers in', text)
    // Whoever sends a wrong answer sends one file and nothing else: the first with this code in an
    // exercise need not be listed. But nothing is listed that is not there.
    expect(listed.filter((number) => !wrong.includes(number))).toEqual([])
    expect(listed.length > 0).toBe(wrong.length > 0)
    expect(hasPicture).toBe(red.length + wrong.length > 0)
  })

  test('what fails in an exercise has an entry', async () => {
    const text = await prose('glossary')
    const entries = [...text.matchAll(/^### `([A-Z_]+)`$/gm)].map(([, code]) => code)
    expect(entries).toEqual(codes)
    const named = [
      ...(await filesBelow(root, 'exercises')),
      ...(await filesBelow(root, 'solutions')),
    ].flatMap(([, file]) =>
      [...file.matchAll(/(?:^red: |Fails with: )([A-Z_]+)$/gm)].map(([, code]) => code),
    )
    expect(named.length).toBeGreaterThan(100)
    for (const code of new Set(named)) expect(entries).toContain(code)
  })

  test('each exercise that it names is there', async () => {
    const text = await prose('glossary')
    const defined = new Map(
      [...text.matchAll(/^\[(\d\d)\]: (\S+)$/gm)].map(([, number, path]) => [number, path]),
    )
    const named = [...text.matchAll(/\[(\d\d)\](?!:)/g)].map(([, number]) => number)
    for (const number of named) expect(defined.has(number), number).toBe(true)
    const links = [...defined.values()].map((path) => `[one](${path})`).join('\n')
    expect(await linkProblems('lectures/glossary.md', links)).toEqual([])
  })

  test('each word of the house has an entry, in order', async () => {
    const [, words = ''] = (await prose('glossary')).split('\n## The words\n')
    const entries = [...words.matchAll(/^\*\*([^*]+)\.\*\* /gm)].map(([, word = '']) =>
      word.toLowerCase(),
    )
    expect(entries).toEqual(entries.toSorted())
    const wanted =
      'message, command, event, endpoint, handler, behaviour, delivery, attempt, duplicate, ' +
      'ghost message, lost message, outbox, inbox, token, entity, version, conflict, schedule, ' +
      'history, term, quorum, at least once, lease, prefetch, idempotent, relay, preemption, ' +
      'known hole, unknown outcome, dead letter, crash, fault, property, retention'
    for (const word of wanted.split(', ')) expect(entries).toContain(word)
  })
})

describe('the card of the API', () => {
  const source = (path: string): Promise<string> => readFile(join(root, 'shared/src', path), 'utf8')
  const region = async (path: string, name: string): Promise<string> => {
    const found = regionOf(await source(path), name)
    expect(found, `${path}#${name}`).toBeDefined()
    return found!
  }
  /** What a type has, or a function takes: every word that a colon, a bracket or a parenthesis
   *  follows. */
  const wordsOf = (text: string): readonly string[] =>
    [...text.matchAll(/(\w+)(?=\??:|[(<])/g)].map(([word]) => word)
  const membersOf = (text: string): readonly string[] =>
    [...text.matchAll(/^ {2}(?:readonly )?(\w+)\??[:(<]/gm)].map(([, name = '']) => name)
  const card = async () => {
    const text = await prose('api')
    return { text, spans: [...text.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span) }
  }

  test('knows nothing that is not there', async () => {
    const modules = await Promise.all([
      import('@workshop/shared/check'),
      import('@workshop/shared/explore'),
      import('@workshop/shared/message'),
      import('@workshop/shared/pipeline'),
      import('@workshop/shared/shop'),
      import('@workshop/shared/store'),
      import('@workshop/shared/world'),
    ])
    const types = await Promise.all([
      region('pipeline/context.ts', 'HandlerContext'),
      region('pipeline/context.ts', 'DelayOptions'),
      region('pipeline/context.ts', 'IncomingContext'),
      region('pipeline/behaviour.ts', 'Behaviour'),
      region('pipeline/behaviour.ts', 'IncomingBehaviour'),
      region('store/store.ts', 'Store'),
      region('store/store.ts', 'Loaded'),
      region('store/store.ts', 'Write'),
      region('world/world.ts', 'Clock'),
      region('world/world.ts', 'Ids'),
      region('world/http.ts', 'Http'),
      region('world/http.ts', 'HttpCall'),
      region('world/http.ts', 'HttpResponse'),
      region('explore/specification.ts', 'Specification'),
      region('explore/specification.ts', 'Faults'),
      region('explore/specification.ts', 'Client'),
      region('explore/scenario.ts', 'RunOptions'),
      region('explore/expectations.ts', 'knownHole'),
      region('message/message.ts', 'Message'),
      region('check/view.ts', 'View'),
      region('check/properties.ts', 'Kept'),
      region('check/properties.ts', 'effectOnce'),
      region('check/messages.ts', 'noGhosts'),
    ])
    const known = new Set([
      ...modules.flatMap((module) => Object.keys(module)),
      ...types.flatMap(wordsOf),
      ...codes,
      // A word of the language, and the name of an argument.
      'Promise',
      'counted',
    ])
    const { spans } = await card()
    expect(spans.length).toBeGreaterThan(60)
    for (const span of spans) {
      for (const [word] of span.matchAll(/[A-Za-z]\w*/g)) {
        expect(known.has(word), `${word} in \`${span}\``).toBe(true)
      }
    }
  })

  test('names a method where it is', async () => {
    const owners: Record<string, string> = {
      store: await region('store/store.ts', 'Store'),
      ids: await region('world/world.ts', 'Ids'),
      clock: await region('world/world.ts', 'Clock'),
      http: await region('world/http.ts', 'Http'),
    }
    const { text } = await card()
    const calls = [...text.matchAll(/`(\w+)\.(\w+)\(/g)]
    expect(calls.length).toBeGreaterThanOrEqual(6)
    for (const [call, owner = '', name] of calls) {
      expect(membersOf(owners[owner] ?? ''), call).toContain(name)
    }
  })

  test('has every field of a specification, and every fault', async () => {
    const { spans } = await card()
    for (const type of ['Specification', 'Faults']) {
      const fields = membersOf(await region('explore/specification.ts', type))
      expect(fields.length).toBeGreaterThanOrEqual(9)
      for (const field of fields) expect(spans, `${type}.${field}`).toContain(field)
    }
  })

  test('says of each property with which codes it fails', async () => {
    const files = [...(await filesBelow(root, 'shared/src/check'))].filter(
      ([path]) => !path.endsWith('.test.ts'),
    )
    const bodyOf = (name: string): string =>
      files.map(([, text]) => regionOf(text, name)).find((found) => found !== undefined) ?? ''
    const { text } = await card()
    const [, table = ''] = text.split('| Property |')
    const rows = table.split('\n').filter((line) => line.startsWith('| `'))
    expect(rows.length).toBeGreaterThanOrEqual(8)
    for (const row of rows) {
      const [, names = '', said = ''] = row.split(' | ').length > 1 ? ['', ...row.split(' | ')] : []
      const bodies = [...names.matchAll(/`(\w+)/g)].map(([, name = '']) => bodyOf(name))
      const thrown = bodies.flatMap((body) => body.match(/(?<=')[A-Z]+_[A-Z_]+(?=')/g) ?? [])
      expect(new Set(said.match(/[A-Z]+_[A-Z_]+/g)), row).toEqual(new Set(thrown))
    }
  })
})
