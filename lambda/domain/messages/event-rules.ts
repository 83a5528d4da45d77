import { FAMILIES, PAUSE, SETTINGS } from '../configuration/parameter-name.ts';

/** What an event may say that changed of a contact, as `updatedProperties` names it. */
export const CONTACT_UPDATES = {
  attributes: 'UserDefinedAttributes',
  tags: 'Tags',
  segmentAttributes: 'SegmentAttributes',
} as const;

/** What of a contact an event may say that changed. */
export type ContactUpdate = keyof typeof CONTACT_UPDATES;

/** An EventBridge event pattern for a rule on the default bus. */
export interface EventRulePattern {
  readonly source: string[];
  readonly 'detail-type': unknown[];
  readonly detail: Record<string, unknown[]>;
}

/**
 * Contact event types that can change what a contact should get. INITIATED and CONNECTED_TO_SYSTEM are left
 * out: they come before the queue, and later events repeat what they say.
 *
 * Source: Amazon Connect administrator guide, "Contact events data model".
 */
export const CONTACT_EVENT_TYPES = [
  'QUEUED',
  'CONTACT_DATA_UPDATED',
  'CONNECTED_TO_AGENT',
  'DISCONNECTED',
  'PAUSED',
  'RESUMED',
  'COMPLETED',
] as const;

/**
 * The ends of the detail types of contact events and rule events. The documentation has begun to rename their first
 * words, and knows `Rule for Contact Lens Realtime Matched` beside `Contact Lens Realtime Rules Matched`.
 */
export const DETAIL_TYPE_SUFFIXES = { contactEvent: 'Contact Event', ruleEvent: ' Matched' } as const;

/** The source of the events of Amazon Connect. EventBridge accepts sources that begin with `aws.` of AWS services alone. */
export const CONNECT_SOURCE = 'aws.connect';

/** The spellings of two members that EventBridge has to match, in all samples of events. */
const SPELLINGS = {
  instanceArn: ['instanceArn', 'InstanceArn', 'InstanceARN'],
  eventType: ['eventType', 'EventType'],
} as const;

/**
 * Selects the contact events of the given instances.
 *
 * The instance is matched by the end of its ARN, since `instanceArn` is seen both as `arn:aws:connect:…` and
 * as `arn:aws::connect:…`.
 *
 * @param updates - of the events that data of a contact changed, those that change one of these are selected, and those
 *   that do not say what they change. Default: all.
 */
export function contactEventRule(
  instanceIds: readonly string[],
  updates?: readonly ContactUpdate[],
): EventRulePattern {
  return {
    source: [CONNECT_SOURCE],
    'detail-type': [{ suffix: DETAIL_TYPE_SUFFIXES.contactEvent }],
    detail: {
      $or: SPELLINGS.instanceArn.map((instanceArn) => ({
        [instanceArn]: ofInstances(instanceIds),
        $or: SPELLINGS.eventType.flatMap((eventType) => eventTypes(eventType, updates)),
      })),
    },
  };
}

const UPDATED = 'CONTACT_DATA_UPDATED';

/**
 * The alternatives of the pattern for one spelling of the event type. A pattern has at most 2,048 characters, so it
 * distinguishes updates in the spelling alone that events have today.
 */
function eventTypes(
  eventType: (typeof SPELLINGS.eventType)[number],
  updates: readonly ContactUpdate[] | undefined,
): Record<string, unknown[]>[] {
  if (!updates || eventType !== 'eventType') return [{ [eventType]: [...CONTACT_EVENT_TYPES] }];
  const others = { eventType: CONTACT_EVENT_TYPES.filter((type) => type !== UPDATED) };
  if (updates.length === 0) return [others];
  const properties = updates.map((update) => ({ prefix: CONTACT_UPDATES[update] }));
  return [others, { eventType: [UPDATED], updatedProperties: [...properties, { exists: false }] }];
}

/** Selects the Contact Lens and metrics rule events of the given instances. */
export function ruleEventRule(instanceIds: readonly string[]): EventRulePattern {
  return {
    source: [CONNECT_SOURCE],
    'detail-type': [{ suffix: DETAIL_TYPE_SUFFIXES.ruleEvent }],
    detail: { $or: SPELLINGS.instanceArn.map((name) => ({ [name]: ofInstances(instanceIds) })) },
  };
}

/**
 * Selects the changes of the policies, the settings and the kill switch, in any case, below a prefix, such as
 * `/connect-escalator`. The sweep finds the others.
 */
export function parameterChangeRule(prefix: string): EventRulePattern {
  return {
    source: ['aws.ssm'],
    'detail-type': ['Parameter Store Change'],
    detail: {
      name: [
        ...FAMILIES.map((family) => ({ prefix: `${prefix}/${family}` })),
        `${prefix}/${SETTINGS}`,
        { prefix: { 'equals-ignore-case': `${prefix}/${PAUSE}` } },
      ],
      operation: ['Create', 'Update', 'Delete'],
    },
  };
}

function ofInstances(instanceIds: readonly string[]): unknown[] {
  return instanceIds.map((id) => ({ suffix: `:instance/${id}` }));
}
