import type { ContactFacts } from '../../lambda/domain/contact/facts.ts';
import { type ContactEvent, momentOf } from '../../lambda/domain/contact/parse-event.ts';
import type { EventDetails } from './contact-event.ts';
import type { InstanceSpec } from './types.ts';

/**
 * The result of parseContactEvent for an event, without building the event: building and parsing it takes
 * five times as long as everything else in the simulation of a contact. Times of the envelope are cut to
 * whole seconds, as in the event.
 */
export function eventFacts(
  { eventType, contact, at, updatedProperties }: EventDetails,
  instance: InstanceSpec,
): ContactEvent {
  const { source, queue, initiatedAt, enqueuedAt, connectedAt, agentId } = contact;
  const second = at - (at % 1_000);
  const isInitiated = eventType === 'INITIATED';
  const connectTime = agentId === undefined ? undefined : connectedAt;
  const disconnectTime = eventType === 'DISCONNECTED' ? (contact.disconnectedAt ?? at) : undefined;
  const others = [connectTime, disconnectTime, initiatedAt];
  const snapshotAt = momentOf(eventType, second, isInitiated ? undefined : enqueuedAt, others);
  const facts: { -readonly [K in keyof ContactFacts]: ContactFacts[K] } = {
    instanceId: instance.id,
    eventAt: second,
    contactId: source.contactId,
    channel: source.channel,
    initiationMethod: source.initiationMethod,
    initiatedAt,
    tags: { at: snapshotAt, value: { 'aws:connect:instanceId': instance.id, ...source.tags } },
    segmentAttributes: { at: snapshotAt, value: source.segmentAttributes ?? {} },
  };
  // Assignments, because conditional spreads would take longer than the rest of the function.
  if (source.initialContactId !== undefined) facts.initialContactId = source.initialContactId;
  if (source.previousContactId !== undefined) facts.previousContactId = source.previousContactId;
  if (!isInitiated) {
    facts.queue = { arn: queue.arn, type: 'STANDARD', enqueuedAt };
    facts.firstEnqueuedAt = enqueuedAt;
  }
  if (connectTime !== undefined) facts.connectedAt = connectTime;
  if (disconnectTime !== undefined) facts.disconnectedAt = disconnectTime;
  if (eventType === 'COMPLETED') facts.disconnectedAt = second + 999;
  if (eventType === 'PAUSED') facts.pauses = [second];
  if (eventType === 'RESUMED') facts.resumes = [second];
  if (updatedProperties?.includes('UserDefinedAttributes')) facts.attributesChangedAt = second;
  return { eventType, facts };
}
