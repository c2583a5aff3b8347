// The handlers among what a file exports.

import type { Handler } from '@workshop/shared/pipeline'

export const exportedHandlers = (exported: Readonly<Record<string, unknown>>): readonly Handler[] =>
  Object.values(exported).filter(isHandler)

const isHandler = (value: unknown): value is Handler =>
  typeof value === 'object' && value !== null && 'definition' in value && 'handle' in value
