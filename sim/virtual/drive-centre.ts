import type { ScheduledEvent } from '../centre/event-queue.ts';
import type { ContactCentre } from '../centre/index.ts';
import type { VirtualTime } from './virtual-time.ts';

/**
 * Lets a centre live in virtual time.
 *
 * @returns a function to be called after anything was done to the centre: its next event may have come nearer.
 */
export function driveCentre(centre: ContactCentre, time: VirtualTime): () => void {
  let next: ScheduledEvent | undefined;
  const reschedule = () => {
    time.cancel(next);
    const at = centre.nextEventAt();
    next =
      at === undefined
        ? undefined
        : time.after(at - time.now, () => {
            centre.advance(time.now);
            reschedule();
          });
  };
  reschedule();
  return reschedule;
}
