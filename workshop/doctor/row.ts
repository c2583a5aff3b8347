// One thing that the doctor looked at, and what it found. A row that is not fine says in one
// sentence how to mend it; nothing that is absent is ever fine.

export type Row = {
  readonly name: string
  /** `warning`: the workshop works without it. `information`: it is not needed. */
  readonly ok: boolean | 'warning' | 'information'
  readonly value: string
  /** What to do, in one sentence without a line break. Only where something is to be done. */
  readonly fix?: string
}

export const fine = (name: string, value: string): Row => ({ name, ok: true, value })

export const aside = (name: string, value: string): Row => ({ name, ok: 'information', value })

export const warning = (name: string, value: string, fix: string): Row => ({
  name,
  ok: 'warning',
  value,
  fix,
})

export const broken = (name: string, value: string, fix: string): Row => ({
  name,
  ok: false,
  value,
  fix,
})
