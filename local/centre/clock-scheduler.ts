import type { Scheduler } from '../../sim/centre/drive-centre.ts';

/** The maximum delay of a timer. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** The clock of this process, for the driver of a centre. Timers with longer delays fire early. */
export const CLOCK_SCHEDULER: Scheduler<NodeJS.Timeout> = {
  get now() {
    return Date.now();
  },
  after: (delayMs, action) => setTimeout(action, Math.min(MAX_DELAY_MS, Math.max(0, delayMs))),
  cancel: (timer) => clearTimeout(timer),
};
