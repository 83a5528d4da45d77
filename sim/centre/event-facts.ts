import type { ContactEvent } from '../../lambda/domain/contact-event.ts';
import type { Telling } from './events.ts';
import type { InstanceSpec } from './types.ts';

/**
 * What parseContactEvent reads out of the event of a telling, without the event: to write it and to read it takes
 * five times as long as all else that happens to a contact. Times of the envelope are cut to whole seconds, too.
 */
export function eventFacts(
  { eventType, contact, at, updatedProperties }: Telling,
  instance: InstanceSpec,
): ContactEvent {
  const { source, queue, initiatedAt, enqueuedAt, connectedAt, agentId } = contact;
  const { contactId, initialContactId, previousContactId, channel, initiationMethod } = source;
  const second = at - (at % 1_000);
  return {
    eventType,
    facts: {
      instanceId: instance.id,
      contactId,
      ...(initialContactId === undefined ? {} : { initialContactId }),
      ...(previousContactId === undefined ? {} : { previousContactId }),
      channel,
      initiationMethod,
      initiatedAt,
      ...(eventType === 'INITIATED'
        ? {}
        : { queue: { arn: queue.arn, type: 'STANDARD', enqueuedAt }, firstEnqueuedAt: enqueuedAt }),
      ...(connectedAt === undefined || agentId === undefined ? {} : { connectedAt }),
      ...(eventType === 'DISCONNECTED' ? { disconnectedAt: contact.disconnectedAt ?? at } : {}),
      ...(eventType === 'COMPLETED' ? { disconnectedAt: second + 999 } : {}),
      ...(eventType === 'PAUSED' ? { pausedAt: second } : {}),
      ...(eventType === 'RESUMED' ? { resumedAt: second } : {}),
      ...(updatedProperties?.includes('UserDefinedAttributes') ? { attributesChangedAt: second } : {}),
      tags: { at: second, value: { 'aws:connect:instanceId': instance.id, ...source.tags } },
      segmentAttributes: { at: second, value: source.segmentAttributes ?? {} },
    },
  };
}
