// Which TCP ports a process listens on, as Linux knows it.

import { readdir, readFile, readlink } from 'node:fs/promises'

/** A process with all that it has started, and they. */
export async function withDescendants(pid: number): Promise<readonly number[]> {
  const all = [pid]
  for (let next = 0; next < all.length && next < 1000; next += 1) {
    const tasks = `/proc/${all[next]}/task`
    for (const task of await readdir(tasks).catch(() => [])) {
      const children = await readFile(`${tasks}/${task}/children`, 'utf8').catch(() => '')
      all.push(...children.split(' ').filter(Boolean).map(Number))
    }
  }
  return all
}

/** The addresses that any of these processes listens on, in the words of `/proc/net/tcp`. */
export async function listeningOf(pids: readonly number[]): Promise<readonly string[]> {
  const own = new Set((await Promise.all(pids.map((pid) => socketsOf(pid)))).flat())
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((one) => readFile(`/proc/net/${one}`, 'utf8').catch(() => '')),
  )
  const rows = tables.flatMap((table) => table.split('\n').map((line) => line.trim().split(/\s+/)))
  const isListening = '0A'
  return rows
    .filter((row) => row[3] === isListening && own.has(`socket:[${row[9]}]`))
    .map(([, address = '']) => address)
}

async function socketsOf(pid: number): Promise<readonly string[]> {
  const folder = `/proc/${pid}/fd`
  const names = await readdir(folder).catch(() => [])
  return Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')))
}
