import { stableHash } from '../../lambda/domain/stable-hash.ts';
import type { ContactEventEnvelope } from '../centre/index.ts';
import type { Outage } from './conditions.ts';
import { FAILED_OVER_INSTANCE, OTHER_REGION } from './simulated-connect.ts';
import type { World } from './world.ts';

/** How long before the end of a failover the other Region changes routings, and how long after its ends events come. */
const MOMENT_MS = 1_000;

/**
 * The event as Connect publishes it under Global Resiliency: with the Region that may act on the contact.
 *
 * @param isAway - whether another Region has taken over.
 */
export function withActiveRegion(event: ContactEventEnvelope, isAway: boolean): ContactEventEnvelope {
  const activeRegion = isAway ? OTHER_REGION : event.region;
  return { ...event, detail: { ...event.detail, globalResiliencyMetadata: { activeRegion } } };
}

/**
 * Schedules what happens around a failover: an event of some waiting contacts after both ends of it, and before it ends
 * the other Region changes the priority of contacts of which this system knows that they are away.
 */
export function scheduleFailover(
  { fromMs, untilMs }: Outage,
  world: World,
  reschedule: (instanceId: string) => void,
): void {
  const { time } = world.aws;
  time.after(fromMs + MOMENT_MS, () => touchWaiting(world, 'begins', reschedule));
  time.after(untilMs - MOMENT_MS, () => changeElsewhere(world, reschedule));
  time.after(untilMs + MOMENT_MS, () => touchWaiting(world, 'ends', reschedule));
}

function* waitingContacts({ aws, centres }: World) {
  const centre = centres.get(FAILED_OVER_INSTANCE);
  if (!centre) return;
  const { now } = aws.time;
  for (const { contactId, state, isPaused } of centre.describeAll(now)) {
    if (state === 'waiting' && !isPaused) yield { centre, now, contactId };
  }
}

function touchWaiting(world: World, moment: string, reschedule: (instanceId: string) => void): void {
  for (const { centre, now, contactId } of waitingContacts(world)) {
    if (stableHash(`${moment}/${contactId}`) % 2 === 0) centre.setAttributes(now, contactId, {});
  }
  reschedule(FAILED_OVER_INSTANCE);
}

function changeElsewhere(world: World, reschedule: (instanceId: string) => void): void {
  const { aws } = world;
  const { checker } = aws;
  for (const { centre, now, contactId } of waitingContacts(world)) {
    const key = { instanceId: FAILED_OVER_INSTANCE, contactId };
    const { facts, override } = aws.load(key).record;
    if (facts?.activeRegion?.value !== OTHER_REGION || override) continue;
    const priority = stableHash(contactId) % 2 === 0 ? 1 : 9;
    centre.updateRouting(now, contactId, { QueuePriority: priority });
    checker.onChangedElsewhere(key, priority);
  }
  reschedule(FAILED_OVER_INSTANCE);
}
