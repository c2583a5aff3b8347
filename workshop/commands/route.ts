// `route`: the ways through the workshop and what they take; or one of them, with what is done of it
// and what is left.

import { parseArgs } from 'node:util'
import { type Command, SetupProblem } from '../command.ts'
import { columns } from '../output.ts'
import { readCourse } from '../planning/course.ts'
import { readProgress } from '../planning/known-progress.ts'
import { routeLines, routesLines } from '../planning/route-lines.ts'
import { routeJson, routeView } from '../planning/route-view.ts'
import { routeOf, routes } from '../planning/routes.ts'

export const command: Command = {
  summary: 'lists the ways through the workshop, or says what is left of one',
  usage: '[NAME] [--json]',
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    })
    if (positionals.length > 1) {
      throw new SetupProblem(`expected the name of one route, got "${positionals.join(' ')}"`)
    }
    const [name] = positionals
    const chosen = name === undefined ? routes : [routeOf(name)]
    const [course, progress] = await Promise.all([readCourse(), readProgress()])
    const views = chosen.map((route) => routeView(route, course, progress))
    const [only] = views
    if (values.json) {
      for (const view of views) console.log(JSON.stringify(routeJson(view)))
    } else if (name !== undefined && only) {
      console.log(routeLines(only, columns()).join('\n'))
    } else {
      console.log(routesLines(views, columns()).join('\n'))
    }
    return 0
  },
}
