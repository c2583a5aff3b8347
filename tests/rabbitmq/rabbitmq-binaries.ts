// Where RabbitMQ is installed on this machine, and what a test does where it is not.

import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter } from 'node:path'
import { promisify } from 'node:util'
import { Connection } from '../../shared/src/broker/rabbitmq/connection.ts'
import { settingsFrom } from '../../shared/src/broker/rabbitmq/options.ts'

/** The real scripts: what stands in /usr/sbin on Debian changes the user and the directories. */
const debian = '/usr/lib/rabbitmq/bin'

/** The directory of `rabbitmq-server` and `rabbitmqctl`, or undefined. */
export async function rabbitmqBinaries(): Promise<string | undefined> {
  const path = process.env['PATH'] ?? ''
  for (const directory of [debian, ...path.split(delimiter).filter((entry) => entry !== '')]) {
    try {
      await access(`${directory}/rabbitmq-server`, constants.X_OK)
      return directory
    } catch {
      // Not here: the next directory may have it.
    }
  }
  return undefined
}

/** Whether the tests can have a RabbitMQ of their own. False means skip. Throws where one is
 *  required. */
export async function isAvailable(): Promise<boolean> {
  if (await rabbitmqBinaries()) return true
  if (process.env['REQUIRE_RABBITMQ'] === '1') {
    throw new Error(
      `REQUIRE_RABBITMQ is 1: expected rabbitmq-server in ${debian} or on PATH, found none. ` +
        'Install RabbitMQ, or unset REQUIRE_RABBITMQ to skip its tests',
    )
  }
  return false
}

/** The version that is installed, without starting it. */
export async function installedVersion(): Promise<string> {
  const directory = await rabbitmqBinaries()
  const { stdout } = await promisify(execFile)(`${directory}/rabbitmqctl`, ['version'])
  return stdout.trim()
}

/** The version that runs at `url`. */
export async function versionAt(url: string): Promise<string> {
  const connection = await Connection.open('version', settingsFrom({ url }))
  await connection.close()
  return connection.version
}
