import type { Store, Write } from '@workshop/shared/store'

/** Saves them in as few batches as the limits of the store allow, one after the other. Each batch
 *  is saved whole or not at all; all of them together are not. This file is done. */
export async function saveInBundles(store: Store, writes: readonly Write[]): Promise<void> {
  for (const bundle of bundlesOf(writes, store.features)) await store.saveAll(bundle)
}

type Limits = Pick<Store['features'], 'maxWrites' | 'maxTotalBytes'>

/** In order: a batch is full at the most writes, or the most bytes of JSON, that it may have. */
export function bundlesOf(
  writes: readonly Write[],
  { maxWrites, maxTotalBytes }: Limits,
): readonly (readonly Write[])[] {
  const bundles: Write[][] = []
  let bytes = Infinity
  for (const write of writes) {
    const more = 'value' in write ? Buffer.byteLength(JSON.stringify(write.value)) : 0
    const isFull = bytes + more > maxTotalBytes || bundles.at(-1)?.length === maxWrites
    if (isFull) bundles.push([])
    bytes = isFull ? more : bytes + more
    bundles.at(-1)?.push(write)
  }
  return bundles
}
