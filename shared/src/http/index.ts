// HTTP: routes that answer requests, and calls of them, in a simulated world and in the real one.
//
//     const pay = post('/payments/:id', async (request, context) => {
//       const { params, query, headers, body } = request   // body: JSON, unchecked
//       const { store, http, ids, clock, coin, random, sleep, log, signal } = context
//       return { status: 201, headers: { location: '/payments/1' }, body: { paid: 40 } }
//     })
//
// - A `Conflict` runs the route again, from its first line, at most ten times more. `problem(409,
//   'why')` makes a response, `throw new HttpProblem(400, 'why')` ends the route with one. What
//   else it throws is answered with 500 (503 for `Unavailable`, or where conflicts do not end).
// - Who calls: `http.send({ to: 'payments', method: 'POST', path: '/payments/1', headers, body })`,
//   in handlers, routes, and scripts of clients. It resolves with { status, headers, body },
//   whatever the status; rejects with `Unavailable` (it certainly did not arrive) or `Unknown`
//   (nobody knows).
// - A specification: `servers: { payments: [pay] }` or `{ payments: () => [pay] }`, where each
//   instance has a memory of its own; `instances` and `prefetch` as for endpoints.
// - Faults: `refusedRequests`, `lostRequests`, `delayedRequests`, `lostResponses`, `copiedRequests`
//   (see Faults), and `crashes`, which leave those who wait with `Unknown`.
// - Properties (../check): `told(end, 'ann', [201])` what she was told, `heardBy`, `sentBy`,
//   `responses(end)` all that servers have answered, `oneAnswer(end, name)` equal answers.
// - The real world: `startServer({ serve: serverOf({ name, routes, store, world }) })` listens on
//   loopback, on Hono; `fetchHttp({ name, origin })` calls, and never sends anything twice.

export { idempotent, type IdempotencyOptions, type KeyRecord } from './idempotency.ts'
export { bodyOf, firstSentMs, idempotencyKey, type Intent, intentHeaders } from './intent.ts'
export { HttpProblem, problem } from './problem.ts'
export { fetchHttp, type FetchHttpOptions } from './real/fetch-http.ts'
export {
  honoApp,
  type HonoOptions,
  type ListenOptions,
  type RunningServer,
  startServer,
} from './real/hono-server.ts'
export {
  del,
  get,
  patch,
  post,
  put,
  type Route,
  type RouteContext,
  type RouteHandler,
  type RouteRequest,
  type RouteResponse,
} from './route.ts'
export { serverOf, type ServerOptions } from './server.ts'
export {
  type Outcome,
  type StoredIntent,
  stubbornClient,
  type StubbornClient,
  type StubbornOptions,
} from './stubborn.ts'
export type { HttpDetail, HttpEvent, Told } from './simulated/detail.ts'
export { SimulatedHttp } from './simulated/simulated-http.ts'
export {
  responseOf,
  type Serve,
  type WireRequest,
  wireRequestOf,
  type WireResponse,
  wireResponseOf,
} from './wire.ts'
