import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteBroker } from '@workshop/shared/broker'
import { test } from 'vitest'
import { endpointCases } from './endpoint-cases.ts'

test.each(endpointCases)('sqlite: $title', async ({ run }) => {
  const directory = await mkdtemp(join(tmpdir(), 'workshop-endpoint-'))
  try {
    await using broker = sqliteBroker({ directory })
    await run(broker)
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 5 })
  }
})
