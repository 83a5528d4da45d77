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
};

/** By the name of the member, wherever it occurs. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  id: 'The same whenever the event is sent again. The id of the envelope is not.',
  'detail-type': 'The name of the event, as in the setting `events`.',
  time: 'When it happened, in whole seconds.',
  resources: 'The ARN of the contact.',
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
    resources: z.array(text).check(z.minLength(1)),
    detail: DETAILS[name],
  });
}

function title(name: EventName): string {
  return `The event "${name}"`;
}
