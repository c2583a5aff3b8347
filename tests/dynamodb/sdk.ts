// The AWS SDK and dynalite, which few readers need: they are a project of their own, in `dynamodb/`
// at the root, and not installed with the rest. What is used of them is written down here.

import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { DocumentClient } from '../../shared/src/store/index.ts'
import { root } from '../../workshop/root.ts'

export type ClientOptions = {
  readonly endpoint: string
  /** How often the SDK tries a call. */
  readonly maxAttempts: number
}

export interface Client {
  send(command: object): Promise<unknown>
  destroy(): void
}

export type Sdk = {
  readonly newClient: (options: ClientOptions) => Client
  readonly createTable: (client: Client, definition: object) => Promise<unknown>
  readonly documentsOf: (client: Client) => DocumentClient
  readonly dynalite: (options: { readonly createTableMs: number }) => Server
}

const folder = join(root, 'dynamodb')
export const howToInstall = 'npx -y pnpm@12 --dir dynamodb install'

/** Whether the tests can have them. False means skip. Throws where they are required. */
export function isAvailable(): boolean {
  if (existsSync(join(folder, 'node_modules'))) return true
  if (process.env['REQUIRE_DYNAMODB'] === '1') {
    throw new Error(
      `REQUIRE_DYNAMODB is 1: expected the AWS SDK in ${folder}, found none. Run: ${howToInstall}`,
    )
  }
  return false
}

/** Throws an Error that says how to install them where they are missing. */
export function loadSdk(): Sdk {
  if (!isAvailable()) {
    throw new Error(`expected the AWS SDK in ${folder}, found none. Run: ${howToInstall}`)
  }
  const load = createRequire(join(folder, 'package.json'))
  // The word of their own types, which are not there where they are not installed.
  const client = load('@aws-sdk/client-dynamodb') as {
    readonly DynamoDBClient: new (options: object) => Client
    readonly CreateTableCommand: new (definition: object) => object
  }
  const library = load('@aws-sdk/lib-dynamodb') as {
    readonly DynamoDBDocument: { from(client: Client): DocumentClient }
  }
  const region = { region: 'loopback' }
  const credentials = { accessKeyId: 'nobody', secretAccessKey: 'nothing' }
  return {
    newClient: (options) => new client.DynamoDBClient({ ...options, ...region, credentials }),
    createTable: (to, definition) => to.send(new client.CreateTableCommand(definition)),
    documentsOf: (of) => library.DynamoDBDocument.from(of),
    dynalite: load('dynalite') as Sdk['dynalite'],
  }
}
