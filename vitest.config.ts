import { defineConfig } from 'vitest/config'

// `isolate: false` keeps one file under 0.4 s. It is why no module here has mutable state.
export default defineConfig({
  test: {
    include: ['shared/src/**/*.test.ts', 'tests/**/*.test.ts', 'workshop/**/*.test.ts'],
    isolate: false,
    pool: 'threads',
    testTimeout: 20_000,
  },
})
