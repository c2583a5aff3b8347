// Judges how a soak ended: what is stored and what was heard, against what was sent. Each order is
// a small view of its own, judged by the properties that judge an exploration, too.
//
// Not judged: in which order the items of an order came. Any is right, and the events have to tell
// the one that is stored.

import {
  effectTimes,
  type FailureCode,
  noGhosts,
  nothingLeftIn,
  published,
  sameContent,
  type Verdict,
  type View,
  view,
  Violation,
} from '@workshop/shared/check'
import {
  canonicalJson,
  type Definition,
  header,
  textOf,
  type WireMessage,
} from '@workshop/shared/message'
import { emptyOrder, type Order } from '@workshop/shared/shop'
import type { Scene } from './scene.ts'

export type SentCommand = {
  readonly id: string
  readonly orderId: string
  readonly item: string
  /** The broker has confirmed it. Where it has not, both is right: it is there, and it is not. */
  readonly isConfirmed: boolean
}

export type Found = {
  /** Everything that is stored, by its key. */
  readonly entities: ReadonlyMap<string, unknown>
  /** What the auditor heard, every copy of it. */
  readonly heard: readonly WireMessage[]
  /** How many messages are left in each queue, dead letters included. */
  readonly waiting: ReadonlyMap<string, number>
}

export type Tally = {
  readonly lost: number
  readonly duplicated: number
  readonly ghosts: number
  readonly differing: number
  readonly leftovers: number
}

export type Judgement = Tally & {
  /** The first of them, with what each is about: an order, a wallet, a queue. */
  readonly violations: readonly { readonly about: string; readonly violation: Violation }[]
}

const maxShown = 20

const columns: Readonly<Partial<Record<FailureCode, keyof Tally>>> = {
  LOST_MESSAGE: 'lost',
  NOTHING_HAPPENED: 'lost',
  LOST_UPDATE: 'lost',
  DUPLICATE_EFFECT: 'duplicated',
  GHOST_MESSAGE: 'ghosts',
  CONTENT_DIFFERS: 'differing',
  LEFTOVERS: 'leftovers',
}

export function judge(scene: Scene, sent: readonly SentCommand[], found: Found): Judgement {
  const tally = { lost: 0, duplicated: 0, ghosts: 0, differing: 0, leftovers: 0 }
  const violations: { readonly about: string; readonly violation: Violation }[] = []
  const note = (about: string, verdicts: readonly Verdict[]): void => {
    for (const violation of verdicts) {
      if (violation === undefined) continue
      tally[columns[violation.code] ?? 'leftovers'] += 1
      if (violations.length < maxShown) violations.push({ about, violation })
    }
  }
  const orders = Map.groupBy(sent, ({ orderId }) => orderId)
  const orderOf = new Map(sent.map(({ id, orderId }) => [id, orderId]))
  const stored = Map.groupBy(found.entities, ([key]) => partitionOf(key))
  const heard = Map.groupBy(found.heard, ({ headers }) =>
    orderOf.get(headers[header.conversationId] ?? ''),
  )
  const itemsOf = new Map<string, readonly string[]>()
  for (const [orderId, commands] of orders) {
    const end = viewOf(stored.get(orderId) ?? [], heard.get(orderId) ?? [])
    const { items } = end.entity<Order>(orderId, emptyOrder)
    itemsOf.set(orderId, items)
    note(orderId, orderVerdicts(scene, commands, end))
  }
  for (const message of heard.get(undefined) ?? []) note(message.id, [ghost(message)])
  const lists = scene.lists(itemsOf)
  for (const [key, wanted] of lists) {
    note(key, listVerdicts(scene, { key, wanted }, viewOf(stored.get(key) ?? [], [])))
  }
  for (const key of stored.keys()) {
    if (!orders.has(key) && !lists.has(key)) note(key, [stray(key)])
  }
  for (const [queue, count] of found.waiting) {
    if (count > 0) note(queue, [waitingIn(queue, count)])
  }
  return { ...tally, violations }
}

const partitionOf = (key: string): string => key.split('/', 1)[0] ?? key

const viewOf = (
  stored: readonly (readonly [string, unknown])[],
  heard: readonly WireMessage[],
): View =>
  view({
    entities: new Map(stored),
    deadLetters: [],
    history: heard.map((message) => ({
      kind: 'published',
      to: { event: message.type },
      message,
    })),
  })

function orderVerdicts(
  scene: Scene,
  commands: readonly SentCommand[],
  end: View,
): readonly Verdict[] {
  const orderId = commands[0]?.orderId ?? ''
  const { items } = end.entity<Order>(orderId, emptyOrder)
  const tells = scene.tells(orderId, items)
  const ofType = (definition: Definition) =>
    tells.filter(({ type }) => type === definition.type).map(({ body }) => body)
  return [
    ...itemVerdicts(commands, items),
    sameContent(end),
    ...scene.hears.flatMap((definition) => {
      const bodies = ofType(definition)
      const known = new Set(bodies.map((body) => canonicalJson(body)))
      return [
        ...bodies.map((body) => published(end, definition, body)),
        noGhosts(end, definition, (body) => known.has(canonicalJson(body))),
      ]
    }),
    ...oneIdEach(end, tells),
    nothingLeftIn(end, orderId, leftIn),
  ]
}

/** Each item is in the order as often as it was sent. */
function itemVerdicts(
  commands: readonly SentCommand[],
  items: readonly string[],
): readonly Verdict[] {
  const names = new Set([...commands.map(({ item }) => item), ...items])
  return [...names].map((name) => {
    const sent = commands.filter(({ item }) => item === name)
    if (sent.length === 0) {
      return new Violation('GHOST_MESSAGE', `expected no ${name}, which nobody sent, got one`)
    }
    const least = sent.filter(({ isConfirmed }) => isConfirmed).length
    const times = items.filter((item) => item === name).length
    return effectTimes(items, name, Math.min(Math.max(times, least), sent.length))
  })
}

/** What is told has as many ids as it is told times, however often each comes. That it comes at all
 *  is for others. */
function oneIdEach(end: View, tells: ReturnType<Scene['tells']>): readonly Verdict[] {
  const contents = new Map<string, string>()
  for (const event of end.history) {
    if (event.kind !== 'published') continue
    const { id, type } = event.message
    if (!contents.has(id)) contents.set(id, `${type} ${textOf(event.message)}`)
  }
  const told = tells.map(({ type, body }) => `${type} ${canonicalJson(body)}`)
  const all = [...contents.values()]
  return [...new Set(all)].map((content) => {
    const times = told.filter((one) => one === content).length
    return effectTimes(all, content, Math.max(1, times))
  })
}

type Wanted = { readonly key: string; readonly wanted: readonly string[] }

function listVerdicts(scene: Scene, { key, wanted }: Wanted, end: View): readonly Verdict[] {
  const list = scene.listIn(end.entity<unknown>(key, undefined))
  const names = new Set([...wanted, ...list])
  return [
    ...[...names].map((name) => {
      const times = wanted.filter((one) => one === name).length
      if (times > 0) return effectTimes(list, name, times)
      return new Violation('GHOST_MESSAGE', `expected no ${name} in ${key}, got one`)
    }),
    nothingLeftIn(end, key, leftIn),
  ]
}

/** The messages that still wait in a stored value, wherever its author keeps them: a message in
 *  JSON has a type. */
function leftIn(value: unknown): readonly string[] {
  const outbox: unknown =
    typeof value === 'object' && value !== null && 'outbox' in value ? value.outbox : {}
  const entries = Object.entries(outbox ?? {}).filter(([, entry]) => entry !== null)
  const types = /"type":"([A-Za-z]+)"/.exec(JSON.stringify(value) ?? '')?.slice(1) ?? []
  return entries.length > 0 ? entries.map(([id]) => id) : types
}

const ghost = (message: WireMessage): Violation =>
  new Violation(
    'GHOST_MESSAGE',
    `expected ${message.type} only because of what was sent, got ${textOf(message)}`,
    { about: [message.id] },
  )

const stray = (key: string): Violation =>
  new Violation('GHOST_MESSAGE', `expected nothing under ${key}, got something`, { about: [key] })

const waitingIn = (queue: string, count: number): Violation =>
  new Violation('LEFTOVERS', `expected nothing left in ${queue}, got ${count}`, { about: [queue] })
