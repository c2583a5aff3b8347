// What the tests of HTTP share: a server that charges whoever asks, clients that call it, and what
// must hold when they are done.

import { z } from 'zod'
import { effectOnce, type View } from '../../check/index.ts'
import { get, post, type RouteContext } from '../../http/index.ts'
import type { Script, Specification } from '../index.ts'

type Account = { readonly charges: readonly string[] }
export const nothing: Account = { charges: [] }
export const order = z.object({ order: z.string() })

export async function charge({ store }: RouteContext, name: string): Promise<void> {
  const { value, version } = await store.load('account', nothing)
  await store.save('account', { charges: [...value.charges, name] }, version)
}

/** Charges whoever asks, as often as they do. */
export const naive = post('/payments', async ({ body }, context) => {
  await charge(context, order.parse(body).order)
  return { status: 201 }
})

export const looks = get('/payments/:order', async ({ params }, { store }) => {
  const { value } = await store.load('account', nothing)
  return { status: value.charges.includes(params['order'] ?? '') ? 200 : 404 }
})

export const pays = {
  to: 'payments',
  method: 'POST',
  path: '/payments',
  body: { order: 'porsche' },
}

export const once: Script = async ({ http }) => {
  await http.send(pays).catch(() => undefined)
}

export const untilAnswered: Script = async ({ http }) => {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const response = await http.send(pays).catch(() => undefined)
    if (response?.status === 201) return
  }
}

export const looksFirst: Script = async ({ http }) => {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    try {
      const found = await http.send({ to: 'payments', method: 'GET', path: '/payments/porsche' })
      if (found.status === 200) return
      await http.send(pays)
      return
    } catch {
      // Nobody knows: look again.
    }
  }
}

export const charges = (end: View) => end.entity('account', nothing).charges

export const paying = (ann: Script, more: Partial<Specification> = {}): Specification => ({
  servers: { payments: [naive, looks] },
  clients: { ann },
  finally: (end) => [effectOnce(charges(end), 'porsche')],
  ...more,
})

export const all = { coverage: { kind: 'all' } }
export const twice = { code: 'DUPLICATE_EFFECT' }
