// What an error of the AWS SDK says about a call: that it certainly had no effect, or that nobody
// knows. An answer counts only if it is the answer to the first try: where the SDK has tried again,
// the first one may have been applied, whatever the last one says.

import { Unavailable, Unknown } from '../../world/index.ts'
import { Conflict } from '../store.ts'

type SdkError = Error & {
  readonly code?: unknown
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number }
  readonly CancellationReasons?: readonly { readonly Code?: string }[]
}

/** The connection was never made, so that nothing was sent. An open one never breaks with these. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])
/** DynamoDB has refused to look at it. */
const throttled = new Set([
  'ProvisionedThroughputExceeded',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingError',
  'ThrottlingException',
])
/** At another version, or being written by a transaction at this moment: load again. */
const contended = new Set(['ConditionalCheckFailed', 'TransactionConflict'])

/** Whether the SDK has sent the call more than once. */
export const wasRepeated = (error: unknown): boolean =>
  ((error as SdkError).$metadata?.attempts ?? 1) > 1

/** A read had no effect, whatever has become of it. */
export function afterRead(error: unknown): unknown {
  const { name, $metadata } = error as SdkError
  const isOwn = $metadata === undefined && name !== 'AbortError' && name !== 'TimeoutError'
  const isAboutTheCall = isOwn || name === 'CredentialsProviderError' || isAnswer(error)
  return isAboutTheCall && !throttled.has(name) ? error : unavailable(error)
}

/** `keys`: those of the write set, in order. */
export function afterWrite(error: unknown, keys: readonly string[]): unknown {
  const { code, name, CancellationReasons: reasons = [] } = error as SdkError
  if (name === 'CredentialsProviderError') return error
  if (wasRepeated(error)) return unknown(error)
  if (typeof code === 'string' && neverSent.has(code)) return unavailable(error)
  if (!isAnswer(error)) return unknown(error)
  const contendedKey = keys[contention(error)]
  if (contendedKey !== undefined) return new Conflict(contendedKey, { cause: error })
  const isThrottled = [name, ...reasons.map(({ Code }) => Code)].some((one) =>
    throttled.has(one ?? ''),
  )
  return isThrottled ? unavailable(error) : error
}

/** The place of the write that was refused, -1 where none was. */
function contention({ name, CancellationReasons: reasons = [] }: SdkError): number {
  if (name === 'TransactionCanceledException')
    return reasons.findIndex(({ Code = '' }) => contended.has(Code))
  const isRefused =
    name === 'ConditionalCheckFailedException' || name === 'TransactionConflictException'
  return isRefused ? 0 : -1
}

/** DynamoDB has answered, and blames the call. After an error of its own (5xx) nobody knows. */
function isAnswer(error: unknown): error is SdkError {
  const status = (error as SdkError).$metadata?.httpStatusCode
  return status !== undefined && status >= 400 && status < 500
}

const unavailable = (cause: unknown): Unavailable =>
  new Unavailable(`expected DynamoDB to answer, got ${nameOf(cause)}. Try again`, { cause })

const unknown = (cause: unknown): Unknown =>
  new Unknown(
    `expected DynamoDB to answer a write, got ${nameOf(cause)}. Load again, and look for it`,
    { cause },
  )

const nameOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error)
