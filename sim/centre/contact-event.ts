
import type { CriteriaProgress } from './criteria-progress.ts';
import type { Contact } from './entities.ts';
import { eventCriteria } from './event-criteria.ts';
import { isoTime } from './iso-time.ts';
import type { ContactEventEnvelope, ContactEventType, InstanceSpec } from './types.ts';

/** The ARN of a Connect instance. */
export function instanceArnOf({ id, account, region }: InstanceSpec): string {
  return `arn:aws:connect:${region}:${account}:instance/${id}`;
}

/** What is to be told of a contact. */
export interface EventDetails {
  readonly eventType: ContactEventType;
  readonly contact: Contact;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Of CONTACT_DATA_UPDATED. */
  readonly updatedProperties?: readonly string[];
  /** The criteria to show; default: those that DescribeContact answers. */
  readonly criteriaProgress?: CriteriaProgress | undefined;
}

/**
 * The event of a telling. Neither queue priority, nor age, nor the values of attributes are in it; INITIATED
 * comes before the queue, and COMPLETED without a disconnect time.
 *
 * Source: Amazon Connect administrator guide, "Contact events data model" and its samples.
 */
export function contactEvent(
  telling: EventDetails,
  instance: InstanceSpec,
  id: string,
): ContactEventEnvelope {
  const { eventType, contact, at, updatedProperties } = telling;
  const { resources, identity, queueInfo, times, labels } = constantParts(contact, instance);
  const isInitiated = eventType === 'INITIATED';
  const run = telling.criteriaProgress ?? contact.described.criteriaProgress;
  return {
    version: '0',
    id,
    'detail-type': 'Amazon Connect Contact Event',
    source: 'aws.connect',
    account: instance.account,
    time: `${isoTime(at).slice(0, 19)}Z`,
    region: instance.region,
    resources,
    detail: {
      eventType,
      contactId: contact.source.contactId,
      ...identity,
      ...(isInitiated ? {} : { queueInfo }),
      ...agentInfo(telling, identity.instanceArn),
      ...(updatedProperties ? { updatedProperties } : {}),
      ...times,
      ...(eventType === 'DISCONNECTED' ? { disconnectTimestamp: isoTime(contact.disconnectedAt ?? at) } : {}),
      ...labels,
      ...(run && !isInitiated ? { routingCriteria: eventCriteria(run) } : {}),
    },
  };
}

const constantPartsByContact = new WeakMap<Contact, ReturnType<typeof buildConstantParts>>();

/** What is the same in all events of a contact is made once: in a simulation, telling costs the most time. */
function constantParts(contact: Contact, instance: InstanceSpec): ReturnType<typeof buildConstantParts> {
  const known = constantPartsByContact.get(contact) ?? buildConstantParts(contact, instance);
  constantPartsByContact.set(contact, known);
  return known;
}

function buildConstantParts({ source, queue, initiatedAt, enqueuedAt }: Contact, instance: InstanceSpec) {
  const { contactId, initialContactId, previousContactId, channel, initiationMethod } = source;
  const instanceArn = instanceArnOf(instance);
  const segments = Object.entries(source.segmentAttributes ?? {});
  return {
    resources: [`${instanceArn}/contact/${contactId}`, instanceArn],
    identity: {
      ...(initialContactId === undefined ? {} : { initialContactId }),
      ...(previousContactId === undefined ? {} : { previousContactId }),
      channel,
      instanceArn,
      initiationMethod,
    },
    queueInfo: { queueArn: queue.arn, enqueueTimestamp: isoTime(enqueuedAt), queueType: 'STANDARD' },
    times: { initiationTimestamp: isoTime(initiatedAt), connectedToSystemTimestamp: isoTime(initiatedAt) },
    labels: {
      tags: { 'aws:connect:instanceId': instance.id, ...source.tags },
      segmentAttributes: Object.fromEntries(segments.map(([name, valueString]) => [name, { valueString }])),
    },
  };
}

function agentInfo({ eventType, contact, at }: EventDetails, instanceArn: string): object {
  const { agentId, connectedAt, disconnectedAt } = contact;
  if (agentId === undefined || connectedAt === undefined) return {};
  const hasAfterContactWork =
    eventType === 'COMPLETED' && disconnectedAt !== undefined && at > disconnectedAt;
  return {
    agentInfo: {
      agentArn: `${instanceArn}/agent/${agentId}`,
      connectedToAgentTimestamp: isoTime(connectedAt),
      ...(hasAfterContactWork
        ? {
            afterContactWorkStartTimestamp: isoTime(disconnectedAt),
            afterContactWorkEndTimestamp: isoTime(at),
            afterContactWorkDuration: Math.floor((at - disconnectedAt) / 1_000),
          }
        : {}),
    },
  };
}
