import type { ContactCentre } from '../../sim/centre/index.ts';

/** Lets a centre live by the clock of this process. */
export interface CentreDriver {
  /** To be called after anything was done to the centre: its next event may have come nearer. */
  reschedule(): void;
  stop(): void;
}

/** Timers cannot run longer than this. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Lets happen in the centre what is due, when it is due. */
export function driveCentre(centre: ContactCentre): CentreDriver {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const reschedule = () => {
    clearTimeout(timer);
    if (stopped) return;
    const nextAt = centre.nextEventAt();
    if (nextAt === undefined) return;
    timer = setTimeout(
      () => {
        centre.advance(Date.now());
        reschedule();
      },
      Math.min(MAX_TIMER_MS, Math.max(0, nextAt - Date.now())),
    );
  };
  reschedule();
  return {
    reschedule,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
