import * as z from 'zod/mini';
import { EVENT_NAMES, EVENT_SOURCE, type EventName } from '../outgoing-events/outgoing-event.ts';
import { toJsonSchema } from '../policy/json-schema.ts';

const text = z.string().check(z.minLength(1));
const wholeNumber = z.int().check(z.gte(0));

const routing = z.looseObject({
  priority: z.optional(z.int()),
  ageSeconds: z.optional(z.number()),
  criteria: z.optional(z.looseObject({})),
});

const governedVisit = {
  id: text,
  contactId: text,
  instanceId: text,
  queueId: text,
  policy: z.optional(text),
  step: z.optional(wholeNumber),
};

const change = {
  ...governedVisit,
  from: routing,
  to: routing,
  latenessMs: wholeNumber,
  reason: z.enum(['policy', 'override', 'restore']),
};

const order = {
  id: text,
  contactId: text,
  instanceId: text,
  sender: z.optional(text),
  originalSender: z.optional(text),
  actor: z.optional(z.string()),
  messageId: text,
  sentAt: text,
  outcome: z.enum(['applied', 'superseded', 'expired']),
};

/** Loose objects: members may be added. */
const DETAILS: Readonly<Record<EventName, z.ZodMiniType>> = {
  escalated: z.looseObject(change),
  rejected: z.looseObject({ ...change, error: text }),
  missed: z.looseObject(change),
  left: z.looseObject({
    ...governedVisit,
    waitedMs: wholeNumber,
    how: z.enum(['answered', 'abandoned', 'transferred']),
  }),
  overridden: z.looseObject({
    ...order,
    order: z.literal('override'),
    set: routing,
    until: z.optional(text),
  }),
  configured: z.looseObject({
    id: text,
    parameter: text,
    change: z.enum(['written', 'deleted']),
    parameterVersion: wholeNumber,
    modifiedBy: z.optional(text),
    at: z.optional(text),
  }),
  released: z.looseObject({ ...order, order: z.literal('release') }),
};

/** By the name of the member, wherever it occurs. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  id: 'The same whenever the event is sent again. The id of the envelope is not.',
  'detail-type': 'The name of the event, as in the setting `events`.',
  time: 'When it happened, in whole seconds.',
  resources:
    'The ARN of the contact; none of an order that came before the first event of its contact, and of a parameter.',
  contactId: 'The contact.',
  instanceId: 'The Connect instance of the contact.',
  queueId: 'The queue in which the contact waited; of the queue of an agent, the id of the agent.',
  policy: 'The governing policy; absent where none governed.',
  step: 'The last step of the policy that was reached, from 0; absent before the first.',
  from: 'The fields that the change sets, as they were before; a field that is not known is absent.',
  to: 'The fields that the change sets.',
  priority: '1 is the most urgent; a new contact has 5.',
  ageSeconds: 'The total adjustment of the time in queue.',
  criteria: 'Routing criteria as the Amazon Connect API takes them.',
  latenessMs: 'Milliseconds from the moment that the change was due until it was made, rejected or missed.',
  reason: 'Who wanted the change: the policy, an operator (override), or the end of an override (restore).',
  error: 'What Connect said.',
  waitedMs: 'Milliseconds from entering the queue until leaving it.',
  parameter: 'Its name below the prefix, such as `policies/gold`.',
  change: 'written or deleted.',
  parameterVersion: 'The version that was written; of a deleted parameter the last one.',
  modifiedBy: 'ARN of the user or of the session of a role, as SSM reports; absent where it does not say.',
  at: 'When it was written, or found deleted, as ISO 8601.',
  order: 'What an operator ordered.',
  sender: 'Who sent it, as SQS reports: the id of an IAM user, or of a role with the name of its session.',
  originalSender: 'Of a message that was redriven: who sent it first, as the redrive states.',
  actor: 'Who the message says ordered it. Nobody checks that.',
  messageId: 'The `id` of the message, or the one that SQS first gave it.',
  sentAt: 'When it was first sent, as ISO 8601.',
  set: 'The routing that the override sets.',
  until: 'When the override expires, as ISO 8601; absent: with the record of its contact.',
  outcome:
    'applied: it took effect. superseded: a later order was there already. expired: its ttl was over when it arrived.',
  how: 'answered: connected to an agent. abandoned: ended without. transferred: entered another queue.',
};

/** The JSON Schemas of the outgoing events as EventBridge delivers them, by name. */
export function eventJsonSchemas(): Readonly<Record<EventName, object>> {
  const schemas = EVENT_NAMES.map((name) => [name, toJsonSchema(envelope(name), title(name), DESCRIPTIONS)]);
  return Object.fromEntries(schemas);
}

function envelope(name: EventName) {
  return z.looseObject({
    source: z.literal(EVENT_SOURCE),
    'detail-type': z.literal(name),
    time: text,
    resources: mayHaveNoContact(name) ? z.array(text) : z.array(text).check(z.minLength(1)),
    detail: DETAILS[name],
  });
}

function mayHaveNoContact(name: EventName): boolean {
  return name === 'overridden' || name === 'released' || name === 'configured';
}

function title(name: EventName): string {
  return `The event "${name}"`;
}
