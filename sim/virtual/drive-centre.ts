import type { Appointment } from '../centre/calendar.ts';
import type { ContactCentre } from '../centre/index.ts';
import type { VirtualTime } from './virtual-time.ts';

/**
 * Lets a centre live in virtual time.
 *
 * @returns a function to be called after anything was done to the centre: its next event may have come nearer.
 */
export function driveCentre(centre: ContactCentre, time: VirtualTime): () => void {
  let next: Appointment | undefined;
  const poke = () => {
    time.cancel(next);
    const at = centre.nextEventAt();
    next =
      at === undefined
        ? undefined
        : time.after(at - time.now, () => {
            centre.advance(time.now);
            poke();
          });
  };
  poke();
  return poke;
}
