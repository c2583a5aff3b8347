// Believed: "After the crash the sledge is next, as the porsche has to come again." Fails with: STUCK
import { crash, run, type Scenario } from '@workshop/shared/explore'

export const schedule: Scenario = [
  run('porsche', { until: 'save' }),
  crash('porsche'),
  run('sledge'),
  run('porsche'),
]
