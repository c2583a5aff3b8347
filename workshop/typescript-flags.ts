// How a child process runs TypeScript: the Node that comes along does so by itself, an older host's
// Node with tsx.

export const typescriptFlags: readonly string[] = process.features.typescript
  ? []
  : ['--import', 'tsx']
