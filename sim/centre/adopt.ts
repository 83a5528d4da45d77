import { arnId } from '../../lambda/domain/arn.ts';
import { type ContactFacts, currentQueue } from '../../lambda/domain/contact/facts.ts';
import { isPaused } from '../../lambda/domain/contact/pauses.ts';
import type { SegmentAttributes } from '../../lambda/domain/policy/contact-view.ts';
import type { ContactLifecycle } from './contact-lifecycle.ts';
import type { Contact } from './entities.ts';
import type { RoutingEngine } from './routing-engine.ts';

/** Updates the centre with the facts of an external event; see ContactCentre.adopt. */
export function adopt(
  facts: ContactFacts,
  lifecycle: ContactLifecycle,
  routingEngine: RoutingEngine,
  { now, handlingMs }: { readonly now: number; readonly handlingMs: number },
): void {
  const existing = lifecycle.contacts.get(facts.contactId);
  if (existing) {
    applyExternalEvent(existing, facts, lifecycle);
    return;
  }
  const queueVisit = currentQueue(facts);
  if (!queueVisit) return;
  const queueId = arnId(queueVisit.arn, 'queue') ?? queueVisit.arn;
  const queue =
    routingEngine.queues.get(queueId) ?? routingEngine.addQueue({ id: queueId, arn: queueVisit.arn });
  const enqueuedAt = Math.min(queueVisit.enqueuedAt, now);
  const contact = lifecycle.enqueue(
    {
      source: {
        contactId: facts.contactId,
        initialContactId: facts.initialContactId,
        previousContactId: facts.previousContactId,
        channel: facts.channel ?? 'VOICE',
        initiationMethod: facts.initiationMethod ?? 'INBOUND',
        queueId,
        tags: facts.tags?.value ?? {},
        segmentAttributes: onlyTexts(facts.segmentAttributes?.value ?? {}),
        handlingMs,
        patienceMs: Number.POSITIVE_INFINITY,
      },
      queue,
      initiatedAt: Math.min(facts.initiatedAt ?? enqueuedAt, enqueuedAt),
      enqueuedAt,
    },
    true,
  );
  if (isPaused(facts)) lifecycle.pause(contact, true);
}

/** The centre publishes segment attributes as texts. */
function onlyTexts(values: SegmentAttributes): Record<string, string> {
  const entries = Object.entries(values).filter((entry): entry is [string, string] => {
    return typeof entry[1] === 'string';
  });
  return Object.fromEntries(entries);
}

function applyExternalEvent(contact: Contact, facts: ContactFacts, lifecycle: ContactLifecycle): void {
  const { state, enqueuedAt } = contact;
  if (state !== 'waiting' && state !== 'connected') return;
  if (facts.disconnectedAt !== undefined) lifecycle.disconnect(contact, 'abandoned', true);
  else if (state === 'waiting' && facts.connectedAt !== undefined && facts.connectedAt >= enqueuedAt) {
    lifecycle.connect(contact, undefined, undefined, true);
  } else if (facts.pauses && !contact.isPaused && isPaused(facts)) lifecycle.pause(contact, true);
  else if (facts.resumes && contact.isPaused && !isPaused(facts)) lifecycle.resume(contact, true);
}
