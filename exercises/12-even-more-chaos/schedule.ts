import { crash, run, type Scenario } from '@workshop/shared/explore'

/** What happens, act by act. The messages 'porsche' and 'sledge' wait in the queue, in this order,
 *  and there are two processes. */
export const schedule: Scenario = [
  run('porsche', { until: 'save' }),
  // TODO Here all goes well. Tell of the day on which marketing never hears who was first.
  crash('porsche'),
  run('porsche'),
  run('sledge'),
]
