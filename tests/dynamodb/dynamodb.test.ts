// Everything about the DynamoDB adapter that needs an endpoint: dynalite, one for each case. The
// suite runs twice, as it stands and with transactions that the test adds.

import assert from 'node:assert/strict'
import { describe, expect, test } from 'vitest'
import { featuresWith } from '../../shared/src/store/limits.ts'
import { storeContract } from '../../shared/src/store/store.contract.ts'
import { dynamodbWorld } from './dynamodb-world.ts'
import { exercise20 } from './exercise-20.ts'
import { lostAnswers } from './lost-answers.ts'
import { pagesAndExpiry } from './pages-and-expiry.ts'
import { howToInstall, isAvailable, loadSdk } from './sdk.ts'
import { newOrder, withTransactions } from './transactions.ts'

const promised = { ordered: false, wholeLists: false }

if (isAvailable()) {
  const sdk = loadSdk()
  const withoutTransactions = featuresWith({ maxWrites: 1 }, { ...promised, atomicSets: false })

  storeContract({
    name: 'dynamodb',
    features: withoutTransactions,
    run: async (obligation) => {
      await using world = await dynamodbWorld(sdk)
      const store = await world.open()
      assert.deepEqual(store.features, withoutTransactions)
      await obligation.run(world)
    },
  })

  const withThem = featuresWith({}, promised)
  storeContract({
    name: 'dynamodb (with transactions)',
    features: withThem,
    run: async (obligation) => {
      const inOrder = newOrder()
      await using world = await dynamodbWorld(sdk, (documents, lasting) =>
        withTransactions(documents, { lasting, inOrder }),
      )
      const store = await world.open()
      assert.deepEqual(store.features, withThem)
      await obligation.run(world)
    },
  })

  describe('the dynamodb store', () => {
    for (const one of [...lostAnswers, ...pagesAndExpiry]) test(one.title, () => one.run(sdk))
    for (const one of exercise20) test(one.title, () => one.run(sdk))
  })
} else {
  test('the dynamodb store passes the cases of stores', ({ skip }) => {
    skip(`the AWS SDK is not installed: ${howToInstall}`)
  })
}

test('the AWS SDK is none of the packages that everybody installs', async () => {
  const { default: manifest } = await import('../../shared/package.json', {
    with: { type: 'json' },
  })
  const names = Object.keys(manifest.dependencies)
  expect(names.filter((name) => name.startsWith('@aws-sdk/'))).toEqual([])
})
