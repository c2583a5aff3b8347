// Believed: "What was loaded is old: the sledge gets in between, and the crash does the rest." Fails with: BUG_SURVIVED
import { crash, run, type Scenario } from '@workshop/shared/explore'

export const schedule: Scenario = [
  run('porsche', { until: 'load' }),
  run('sledge', { until: 'load' }),
  crash('porsche'),
  run('sledge'),
  run('porsche'),
]
