import type { ContactCentre } from './centre.ts';

/** A clock with timers. VirtualTime is one; `setTimeout` and `clearTimeout` make another. */
export interface Scheduler<Timer> {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Runs an action after a delay. A timer may fire early: the driver then sets another one. */
  after(delayMs: number, action: () => void): Timer;
  cancel(timer: Timer | undefined): void;
}

/** What keeps a centre in step with a clock. */
export interface CentreDriver {
  /** Call this after every change of the centre: its next event may be earlier than before. */
  reschedule(): void;
  /** Ends the driver; `reschedule` then has no effect. */
  stop(): void;
}

/** Advances a centre whenever its next event is due. */
export function driveCentre<Timer>(
  centre: Pick<ContactCentre, 'nextEventAt' | 'advance'>,
  time: Scheduler<Timer>,
): CentreDriver {
  let timer: Timer | undefined;
  let isStopped = false;
  const reschedule = () => {
    time.cancel(timer);
    timer = undefined;
    const at = isStopped ? undefined : centre.nextEventAt();
    if (at === undefined) return;
    timer = time.after(at - time.now, () => {
      centre.advance(time.now);
      reschedule();
    });
  };
  reschedule();
  return {
    reschedule,
    stop() {
      isStopped = true;
      reschedule();
    },
  };
}
