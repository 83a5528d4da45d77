import { defined } from '../../lambda/domain/json.ts';
import type { CriteriaProgress } from './criteria-progress.ts';
import type { Contact } from './entities.ts';
import { eventCriteria } from './event-criteria.ts';
import { isoTime } from './iso-time.ts';
import type { ContactEventEnvelope, ContactEventType, InstanceSpec } from './types.ts';

/** The ARN of a Connect instance. */
export function instanceArnOf({ id, account, region }: InstanceSpec): string {
  return `arn:aws:connect:${region}:${account}:instance/${id}`;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The content of a contact event. */
export interface EventDetails {
  readonly eventType: ContactEventType;
  readonly contact: Contact;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Of CONTACT_DATA_UPDATED. */
  readonly updatedProperties?: readonly string[];
  /** The criteria in the event; default: those that DescribeContact returns. */
  readonly criteriaProgress?: CriteriaProgress | undefined;
}

/**
 * Builds a contact event. As in Connect, no event contains the queue priority, the age or the values of
 * attributes; INITIATED precedes the queue, and COMPLETED has no disconnect time.
 *
 * Source: Amazon Connect administrator guide, "Contact events data model" and its samples.
 */
export function contactEvent(
  details: EventDetails,
  instance: InstanceSpec,
  id: string,
): ContactEventEnvelope {
  const { eventType, contact, at, updatedProperties } = details;
  const { resources, identity, queueInfo, times, labels } = constantParts(contact, instance);
  const isInitiated = eventType === 'INITIATED';
  const criteriaProgress = details.criteriaProgress ?? contact.described.criteriaProgress;
  // Assignments in the order of Connect's samples: filtering absent members would take a third of the time.
  const detail: Mutable<ContactEventEnvelope['detail']> = {
    eventType,
    contactId: contact.source.contactId,
    ...identity,
  };
  if (!isInitiated) detail.queueInfo = queueInfo;
  const agent = agentInfo(details, identity.instanceArn);
  if (agent) detail.agentInfo = agent;
  if (updatedProperties) detail.updatedProperties = updatedProperties;
  Object.assign(detail, times);
  if (eventType === 'DISCONNECTED') detail.disconnectTimestamp = isoTime(contact.disconnectedAt ?? at);
  Object.assign(detail, labels);
  if (criteriaProgress && !isInitiated) detail.routingCriteria = eventCriteria(criteriaProgress);
  return {
    version: '0',
    id,
    'detail-type': 'Amazon Connect Contact Event',
    source: 'aws.connect',
    account: instance.account,
    time: `${isoTime(at).slice(0, 19)}Z`,
    region: instance.region,
    resources,
    detail,
  };
}

const constantPartsByContact = new WeakMap<Contact, ReturnType<typeof buildConstantParts>>();

/** Built once per contact, because building events takes most of the time of a simulation. */
function constantParts(contact: Contact, instance: InstanceSpec): ReturnType<typeof buildConstantParts> {
  const parts = constantPartsByContact.get(contact) ?? buildConstantParts(contact, instance);
  constantPartsByContact.set(contact, parts);
  return parts;
}

function buildConstantParts({ source, queue, initiatedAt, enqueuedAt }: Contact, instance: InstanceSpec) {
  const { contactId, initialContactId, previousContactId, customerId, channel, initiationMethod } = source;
  const instanceArn = instanceArnOf(instance);
  const segments = Object.entries(source.segmentAttributes ?? {});
  return {
    resources: [`${instanceArn}/contact/${contactId}`, instanceArn],
    identity: defined({
      initialContactId,
      previousContactId,
      customerId,
      channel,
      instanceArn,
      initiationMethod,
    }),
    queueInfo: { queueArn: queue.arn, enqueueTimestamp: isoTime(enqueuedAt), queueType: 'STANDARD' },
    times: { initiationTimestamp: isoTime(initiatedAt), connectedToSystemTimestamp: isoTime(initiatedAt) },
    labels: {
      tags: { 'aws:connect:instanceId': instance.id, ...source.tags },
      segmentAttributes: Object.fromEntries(segments.map(([name, valueString]) => [name, { valueString }])),
    },
  };
}

function agentInfo({ eventType, contact, at }: EventDetails, instanceArn: string): object | undefined {
  const { agentId, connectedAt, disconnectedAt } = contact;
  if (agentId === undefined || connectedAt === undefined) return undefined;
  const hasAfterContactWork =
    eventType === 'COMPLETED' && disconnectedAt !== undefined && at > disconnectedAt;
  const info = {
    agentArn: `${instanceArn}/agent/${agentId}`,
    connectedToAgentTimestamp: isoTime(connectedAt),
  };
  if (!hasAfterContactWork) return info;
  return {
    ...info,
    afterContactWorkStartTimestamp: isoTime(disconnectedAt),
    afterContactWorkEndTimestamp: isoTime(at),
    afterContactWorkDuration: Math.floor((at - disconnectedAt) / 1_000),
  };
}
