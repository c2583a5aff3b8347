// Believed: "It is enough that the sledge is in other hands when the process dies." Fails with: BUG_SURVIVED
import { crash, run, type Scenario } from '@workshop/shared/explore'

export const schedule: Scenario = [
  run('porsche', { until: 'save' }),
  run('sledge', { until: 'receive' }),
  crash('porsche'),
  run('porsche'),
  run('sledge'),
]
