// Stands in for Vitest in the process of an endpoint: keeps the tests of a file in order, and runs
// none. What a test says besides exploring is for the process that has the real Vitest: here any
// such call does nothing.

type Body = (...given: readonly unknown[]) => unknown

/** The bodies of the tests, in the order in which they stand in the file. */
export const bodies: Body[] = []

const isBody = (value: unknown): value is Body => typeof value === 'function'

/** `test(name, options, body)` and `test(name, body, limit)`, whatever becomes of it there. */
function add(...given: readonly unknown[]): void {
  const body = given.find(isBody)
  bodies.push(body ?? (() => undefined))
}

const rows =
  (spread: boolean) =>
  (cases: readonly unknown[]) =>
  (...given: readonly unknown[]): void => {
    const body = given.find(isBody)
    for (const row of cases) add(() => body?.(...(spread && Array.isArray(row) ? row : [row])))
  }

export const test = Object.assign(add, {
  concurrent: add,
  each: rows(true),
  fails: add,
  for: rows(false),
  only: add,
  sequential: add,
  skip: add,
  todo: add,
})
export const it = test

const group = (...given: readonly unknown[]): void => {
  given.find(isBody)?.()
}
export const describe = Object.assign(group, {
  concurrent: group,
  only: group,
  sequential: group,
  skip: group,
})
export const suite = describe

/** Can be called and asked for anything, and gives itself. Awaiting it ends at once. */
const nothing: unknown = new Proxy(() => undefined, {
  apply: () => nothing,
  get: (_target, name) => (name === 'then' ? undefined : nothing),
})
export const expect = nothing
export const assert = nothing
export const vi = nothing
export const onTestFinished = nothing
export const beforeEach = nothing
export const afterEach = nothing
export const beforeAll = nothing
export const afterAll = nothing
