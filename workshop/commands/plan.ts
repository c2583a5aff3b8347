// `plan`: an agenda of a route by the clock, what to leave out first, and whether it fits. A plan that
// does not fit is an answer like any other: the last line says so, and the exit code is 0.

import type { Command } from '../command.ts'
import { columns } from '../output.ts'
import { readCourse } from '../planning/course.ts'
import { planJson } from '../planning/plan-json.ts'
import { planLines } from '../planning/plan-lines.ts'
import { planOf } from '../planning/plan.ts'
import { wishOf } from '../planning/wish.ts'

export const command: Command = {
  summary: 'makes an agenda of a route, and says what to leave out first',
  usage: '[--minutes 360] [--route one-day] [--days N] [--from 09:00] [--fit] [--json]',
  run: async (args) => {
    const { route, plan: wish, json } = wishOf(args)
    const plan = planOf(route, await readCourse(), wish)
    if (json) for (const line of planJson(plan)) console.log(JSON.stringify(line))
    else console.log(planLines(plan, columns()).join('\n'))
    return 0
  },
}
