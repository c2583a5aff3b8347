// Believed: "A crash before the acknowledgement loses what was announced." Fails with: BUG_SURVIVED
import { crash, run, type Scenario } from '@workshop/shared/explore'

export const schedule: Scenario = [
  run('porsche', { until: 'publish' }),
  run('porsche', { until: 'publish' }),
  run('sledge', { until: 'save' }),
  crash('porsche'),
  run('sledge'),
  run('porsche'),
]
