// Which changes are about imports alone: nobody wants to be told of those before they are needed.

import type { Hunk } from '../diffing/hunks.ts'

/** For each line, whether it belongs to an import. */
export function importLines(lines: readonly string[]): readonly boolean[] {
  let isOpen = false
  return lines.map((line) => {
    const isPart = isOpen || /^import\b/.test(line)
    // It ends with the line that says where it comes from.
    isOpen = isPart && !/['"][^'"]+['"];?\s*$/.test(line)
    return isPart
  })
}

/** `a` and `b`: for each line of the two texts, whether it belongs to an import. */
export function isImport(
  { from, to, removed, added }: Hunk,
  { a, b }: { readonly a: readonly boolean[]; readonly b: readonly boolean[] },
): boolean {
  const gone = removed.every((line, index) => line.trim() === '' || a[from + index] === true)
  const come = added.every((line, index) => line.trim() === '' || b[to + index] === true)
  return gone && come && [...removed, ...added].some((line) => line.trim() !== '')
}

/** The names that are imported anew. */
export function namesIn({ removed, added }: Hunk): readonly string[] {
  const names = (lines: readonly string[]): readonly string[] =>
    lines
      .join('\n')
      .replaceAll(/['"].*?['"]/g, '')
      .match(/[A-Za-z_$][\w$]*/g)
      ?.filter((name) => !/^(?:import|type|from|as)$/.test(name)) ?? []
  const before = new Set(names(removed))
  return names(added).filter((name) => !before.has(name))
}
