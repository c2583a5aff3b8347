import { crash, run, type Scenario } from '@workshop/shared/explore'

/** What happens, act by act. The messages 'porsche' and 'sledge' wait in the queue, in this order,
 *  and there are two processes. */
export const schedule: Scenario = [
  run('porsche', { until: 'save' }),
  // The other process has the sledge in hand: a redelivery of the porsche is not before it.
  run('sledge', { until: 'receive' }),
  crash('porsche'),
  run('sledge'),
  run('porsche'),
]
