import type { ContactCentre } from '../../sim/centre/index.ts';

/** Runs a centre by the clock of this process. */
export interface CentreDriver {
  /** Must be called after each change to the centre, because its next event may be earlier now. */
  reschedule(): void;
  stop(): void;
}

/** The maximum delay of a timer. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Advances the centre whenever its next event is due. */
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
