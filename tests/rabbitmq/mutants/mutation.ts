// Loaded before anything else (`node --import`): changes one place in one file of the adapter while
// it is read, so that a test can see its cases fail on a broken adapter. The file on disk stays as
// it is.

import { registerHooks } from 'node:module'

export type Mutation = {
  /** A file of `shared/src/broker/rabbitmq`. */
  readonly file: string
  /** What stands there once, and what is to stand there instead. */
  readonly find: string
  readonly replace: string
}

const given = process.env['MUTATION']
if (given) mutate(JSON.parse(given) as Mutation)

function mutate({ file, find, replace }: Mutation): void {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context)
      if (!url.endsWith(`/shared/src/broker/rabbitmq/${file}`)) return loaded
      const source = Buffer.from((loaded.source ?? '') as Uint8Array).toString()
      if (source.split(find).length !== 2) {
        throw new Error(`expected "${find}" once in ${file}: bring the mutant up to date`)
      }
      return { ...loaded, source: source.replace(find, () => replace) }
    },
  })
}
