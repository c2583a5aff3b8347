// A small workshop in temporary folders: where it is published, and an attendee's copy of it, with git
// or as a download. For tests only.

import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gitIn } from '../git/git.ts'
import { keepAttempt } from '../progress/attempts.ts'
import { bytesAt, contentsBelow, inside, pathsBelow } from './files.ts'
import type { After } from './settle.ts'
import type { UpdateOptions } from './updated.ts'

export type Files = Readonly<Record<string, string | null>>

export const asItCame: Files = {
  'package.json': '{ "name": "fixture-workshop" }\n',
  '.gitignore': 'node_modules/\n.workshop/\n*.log\n',
  'shared/core.ts': 'export const one = 1\n\n\n\n\nexport const two = 2\n',
  ...exercise('01-clicks', 'Two clicks'),
  ...exercise('02-async', 'Sync to async'),
  ...exercise('03-outbox', 'Outbox'),
}

/** The three files of an exercise, by their path from the root. */
export function exercise(folder: string, title: string): Record<string, string> {
  return {
    [`exercises/${folder}/README.md`]: `---\ntitle: ${title}\n---\n\nRead me.\n`,
    [`exercises/${folder}/orders.ts`]: `// ${title}\nexport const orders = [\n  1,\n]\n`,
    [`exercises/${folder}/orders.test.ts`]: `// ${title}: its test\n`,
  }
}

export class Attendee implements AsyncDisposable {
  private readonly parent: string
  /** What everybody gets. */
  readonly published: string
  /** The attendee's copy. */
  readonly root: string

  private constructor(parent: string) {
    this.parent = parent
    this.published = join(parent, 'published')
    this.root = join(parent, 'the clone of Zoë')
  }

  /** A clone, with further options of `git clone`. */
  static async clone(...options: readonly string[]): Promise<Attendee> {
    const attendee = await Attendee.published()
    const { parent, published, root } = attendee
    await git(parent, 'clone', '-q', ...options, `file://${published}`, root)
    return attendee
  }

  /** A download, after its first start. */
  static async download(): Promise<Attendee> {
    const attendee = await Attendee.published()
    await write(attendee.root, asItCame)
    const snapshot = join(attendee.root, '.workshop', 'pristine', 'exercises')
    await cp(join(attendee.root, 'exercises'), snapshot, { recursive: true })
    return attendee
  }

  /** The same again. It is published where the other one is. */
  async copy(): Promise<Attendee> {
    const copy = new Attendee(await mkdtemp(join(tmpdir(), 'workshop-update-')))
    await cp(this.parent, copy.parent, { recursive: true })
    return copy
  }

  private static async published(): Promise<Attendee> {
    const attendee = new Attendee(await mkdtemp(join(tmpdir(), 'workshop-update-')))
    await mkdir(attendee.published)
    await git(attendee.published, 'init', '-q', '-b', 'main')
    await attendee.publish(asItCame)
    return attendee
  }

  /** A newer version. Null deletes. */
  async publish(files: Files): Promise<void> {
    await write(this.published, files)
    await git(this.published, 'add', '-A')
    await commit(this.published)
  }

  write(files: Files): Promise<void> {
    return write(this.root, files)
  }

  git(...args: readonly string[]): Promise<string> {
    return git(this.root, ...args)
  }

  /** Commits all that has changed, as the attendee does. */
  async commit(): Promise<void> {
    await git(this.root, 'add', '-A')
    await commit(this.root)
  }

  async read(path: string): Promise<string | undefined> {
    return (await bytesAt(inside(this.root, path)))?.toString('latin1')
  }

  /** All files but those under `.workshop`, as they are. */
  async all(): Promise<ReadonlyMap<string, string>> {
    const files = await contentsBelow(this.root, '')
    return new Map([...files].map(([path, bytes]) => [path, bytes.toString('latin1')]))
  }

  /** Everything that lies in a file somewhere below `.workshop`, the snapshot excepted. */
  async keptBytes(): Promise<ReadonlySet<string>> {
    const kept = new Set<string>()
    for (const folder of ['.workshop/attempts', '.workshop/kept']) {
      for (const path of await pathsBelow(this.root, folder))
        kept.add((await this.read(path)) ?? '')
    }
    return kept
  }

  /** What git holds of the index and of HEAD. */
  async gitState(): Promise<string> {
    return `${await this.git('rev-parse', 'HEAD')}${await this.git('ls-files', '-s')}`
  }

  options(more: Partial<UpdateOptions> = {}): UpdateOptions {
    return {
      root: this.root,
      now: () => new Date('2026-11-21T14:08:33Z'),
      keep: keepAttempt,
      ...more,
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.parent, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function write(root: string, files: Files): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const file = inside(root, path)
    if (text === null) {
      await rm(file, { recursive: true, force: true })
      continue
    }
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text, 'latin1')
  }
}

export async function git(folder: string, ...args: readonly string[]): Promise<string> {
  const name = ['-c', 'user.name=Zoë', '-c', 'user.email=zoe@example.org']
  return (await gitIn(folder).must([...name, ...args])).toString('utf8')
}

const commit = (folder: string): Promise<string> =>
  git(folder, 'commit', '-q', '--no-verify', '--allow-empty', '-m', 'A change')

/** Ends an update after the given step, by its number or its name, as a kill does: nothing that
 *  follows is run. */
export function killedAt(which: number | string): After {
  let at = 0
  return (step) => {
    if (at === which || step === which) throw new Error('killed')
    at += 1
  }
}

/** The steps that an update goes through when nobody ends it. */
export async function stepsOf(run: (after: After) => Promise<unknown>): Promise<readonly string[]> {
  const steps: string[] = []
  await run((step) => {
    steps.push(step)
  })
  return steps
}
