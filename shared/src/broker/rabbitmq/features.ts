// What a RabbitMQ of a version does beyond the obligations of every broker.

import type { BrokerFeatures } from '../broker.ts'

/** From here on a nack and a closed channel do not count as a failed delivery. */
const releaseIsFreeSince = { major: 4, minor: 3 }

/** `version` as the broker tells it: `3.10.8`. */
export function featuresOf(version: string): BrokerFeatures {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10))
  const since = releaseIsFreeSince
  const releaseIsFree = major > since.major || (major === since.major && minor >= since.minor)
  return { ordered: true, durable: true, releaseIsFree }
}
