import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// `isolate: false` keeps one file under 0.4 s. It is why no module here has mutable state.
export default defineConfig({
  test: {
    include: ['shared/src/**/*.test.ts', 'tests/**/*.test.ts', 'workshop/**/*.test.ts'],
    isolate: false,
    pool: 'threads',
    maxWorkers: availableParallelism(),
    // Far more than any takes: a machine that is busy makes no test red.
    testTimeout: 400_000,
    hookTimeout: 400_000,
  },
})
