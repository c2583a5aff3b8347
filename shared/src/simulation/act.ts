// What happens in a run, as somebody tells it: whose turn it is, how far it gets, who dies. An act
// is data; strategies/told.ts makes a schedule of a list of them.

/** The work on something begins or goes on: up to and including its next step of the kind `until`
 *  (`save` for `save all`, too), or to its end. Its lanes are called by what it is about: `given-1`
 *  for `given-1#2` and `given-1@marketing#1`. */
export type RunAct = { readonly kind: 'run'; readonly about: string; readonly until?: string }

/** The process that works on it dies. */
export type CrashAct = { readonly kind: 'crash'; readonly about: string }

export type Act = RunAct | CrashAct

/** As it stands in the code. */
export function actInWords(act: Act): string {
  const until = act.kind === 'run' && act.until !== undefined ? `, { until: '${act.until}' }` : ''
  return `${act.kind}('${act.about}'${until})`
}

/** Whether a lane, or what would begin one, is about `about`. */
export function isAbout(name: string, about: string): boolean {
  const [what = ''] = name.split(/#\d+$/)
  return what === about || what.startsWith(`${about}@`)
}
