import { arnId } from '../../lambda/domain/arn.ts';
import { type ContactFacts, currentQueue, isPaused } from '../../lambda/domain/contact/facts.ts';
import type { ContactLifecycle } from './contact-lifecycle.ts';
import type { Contact } from './entities.ts';
import type { RoutingEngine } from './routing-engine.ts';

/** Lets the centre go along with what an event from outside told of a contact; @see ContactCentre.adopt. */
export function adopt(
  facts: ContactFacts,
  journeys: ContactLifecycle,
  floor: RoutingEngine,
  { now, handlingMs }: { readonly now: number; readonly handlingMs: number },
): void {
  const known = journeys.contacts.get(facts.contactId);
  if (known) {
    applyExternalEvent(known, facts, journeys);
    return;
  }
  const stay = currentQueue(facts);
  if (!stay) return;
  const queueId = arnId(stay.arn, 'queue') ?? stay.arn;
  const queue = floor.queues.get(queueId) ?? floor.addQueue({ id: queueId, arn: stay.arn });
  const enqueuedAt = Math.min(stay.enqueuedAt, now);
  const contact = journeys.enqueue(
    {
      source: {
        contactId: facts.contactId,
        ...(facts.initialContactId === undefined ? {} : { initialContactId: facts.initialContactId }),
        ...(facts.previousContactId === undefined ? {} : { previousContactId: facts.previousContactId }),
        channel: facts.channel ?? 'VOICE',
        initiationMethod: facts.initiationMethod ?? 'INBOUND',
        queueId,
        tags: facts.tags?.value ?? {},
        segmentAttributes: facts.segmentAttributes?.value ?? {},
        handlingMs,
        patienceMs: Number.POSITIVE_INFINITY,
      },
      queue,
      initiatedAt: Math.min(facts.initiatedAt ?? enqueuedAt, enqueuedAt),
      enqueuedAt,
    },
    true,
  );
  if (isPaused(facts)) journeys.pause(contact, true);
}

function applyExternalEvent(contact: Contact, facts: ContactFacts, journeys: ContactLifecycle): void {
  const { state, enqueuedAt } = contact;
  if (state !== 'waiting' && state !== 'connected') return;
  if (facts.disconnectedAt !== undefined) journeys.disconnect(contact, 'abandoned', true);
  else if (state === 'waiting' && facts.connectedAt !== undefined && facts.connectedAt >= enqueuedAt) {
    journeys.connect(contact, undefined, undefined, true);
  } else if (facts.pausedAt !== undefined && !contact.isPaused && isPaused(facts))
    journeys.pause(contact, true);
  else if (facts.resumedAt !== undefined && contact.isPaused && !isPaused(facts))
    journeys.resume(contact, true);
}
