import { arnId } from '../../lambda/domain/arn.ts';
import { type ContactFacts, latestVisit } from '../../lambda/domain/contact/facts.ts';
import {
  EARLIEST_SET_TIME,
  type EventOrigin,
  MalformedEventError,
  parseContactEvent,
} from '../../lambda/domain/contact/parse-event.ts';
import { defined, isObject, type JsonObject, member } from '../../lambda/domain/json.ts';
import { CONTACT_EVENT_TYPES, DETAIL_TYPE_SUFFIXES } from '../../lambda/domain/messages/event-rules.ts';
import { parseRuleMessage } from '../../lambda/domain/messages/parse.ts';
import { MalformedMessageError, type RuleMessage } from '../../lambda/domain/messages/rule-message.ts';
import { stableHash } from '../../lambda/domain/stable-hash.ts';

/** An input of the system: a contact event or a rule message. */
export type RecordedInput = {
  /** When it happened, in milliseconds since the epoch. */
  readonly at: number;
  /** Orders inputs at the same time by what happens first to a contact. */
  readonly rank: number;
  /** Equal for copies of one input only; orders inputs with the same time and rank. */
  readonly identity: string;
} & (
  | {
      readonly kind: 'event';
      readonly eventType: string;
      readonly facts: ContactFacts;
      readonly origin?: EventOrigin;
      readonly customerId?: string;
      /** The id of the agent who has, or had, the contact. */
      readonly agentId?: string;
      /** When after-contact work ended, in milliseconds since the epoch, where the event says so. */
      readonly completedAt?: number;
      /** The Region of the event, if the event has one. */
      readonly region?: string;
    }
  | { readonly kind: 'message'; readonly body: string; readonly instanceId?: string }
);

/**
 * The order in which types of events follow one another where a contact has several of one millisecond: one that does not
 * wait is queued and connected at once.
 */
const EVENT_ORDER: readonly string[] = [
  'QUEUED',
  'CONTACT_DATA_UPDATED',
  'PAUSED',
  'RESUMED',
  'CONNECTED_TO_AGENT',
  'DISCONNECTED',
  'COMPLETED',
] satisfies readonly (typeof CONTACT_EVENT_TYPES)[number][];

/** A rule message comes after the event that queues its contact. */
const MESSAGE_RANK = EVENT_ORDER.indexOf('CONTACT_DATA_UPDATED');

/** The result of parsing an entry. */
export type ParsedEntry =
  | { readonly kind: 'recorded'; readonly recorded: RecordedInput }
  /** A contact event of a type that the system does not receive. */
  | { readonly kind: 'ignored'; readonly eventType: string }
  | { readonly kind: 'problem'; readonly message: string };

/**
 * An entry of a recording: a JSON value, and when it was logged, in milliseconds since the epoch, if known.
 */
export interface RecordingEntry {
  readonly value: unknown;
  readonly loggedAt?: number;
}

/**
 * Parses an entry: a contact event, a Connect rule event, or a rule message of this system, with the
 * tolerance of the handlers. The time of a contact event is when the reported change happened, in
 * milliseconds, which the time of the envelope lacks. A rule message of this system has no time, so its log
 * line must have one.
 */
export function parseEntry({ value, loggedAt }: RecordingEntry): ParsedEntry {
  if (!isObject(value)) return problemEntry(`This is ${kindOf(value)}; expected a JSON object.`);
  const { type, ...detail } = value;
  const detailType = value['detail-type'];
  if (detailType === undefined && typeof type === 'string' && !Object.hasOwn(detail, 'detail')) {
    return parseMessageEntry(value, loggedAt);
  }
  if (typeof detailType === 'string' && detailType.endsWith(DETAIL_TYPE_SUFFIXES.ruleEvent)) {
    return parseRuleEventEntry(value, loggedAt);
  }
  if (typeof detailType === 'string' && !detailType.endsWith(DETAIL_TYPE_SUFFIXES.contactEvent)) {
    const known = '"… Contact Event" or "… Rules Matched"';
    return problemEntry(`Its detail-type is ${JSON.stringify(detailType)}; expected ${known}.`);
  }
  return parseContactEventEntry(value, loggedAt);
}

/**
 * Parses a recorded rule message.
 *
 * @param instances - the ids of the served instances.
 * @returns the problem as a string when it is malformed.
 */
export function parseMessages(
  { body, at, identity }: Extract<RecordedInput, { kind: 'message' }>,
  instances: readonly string[],
): RuleMessage[] | string {
  try {
    return parseRuleMessage(body, { messageId: identity, sentAt: at, instances });
  } catch (error) {
    if (!(error instanceof MalformedMessageError)) throw error;
    return error.message.replaceAll('\n', ' ');
  }
}

function parseContactEventEntry(value: JsonObject, loggedAt: number | undefined): ParsedEntry {
  try {
    const event = parseContactEvent(value);
    if (!(CONTACT_EVENT_TYPES as readonly string[]).includes(event.eventType))
      return { kind: 'ignored', eventType: event.eventType };
    const { eventType, facts, origin, customerId } =
      event.facts.eventAt === undefined && loggedAt !== undefined
        ? parseContactEvent({ ...value, time: new Date(loggedAt).toISOString() })
        : event;
    // Without any time in it, an event would be one of 1970.
    if (facts.eventAt === undefined) {
      return problemEntry(
        'This contact event has no time: expected "time", as in the envelope of EventBridge.',
      );
    }
    const at = happenedAt(eventType, facts) ?? timestampOf(value) ?? loggedAt ?? facts.eventAt;
    const region = typeof value.region === 'string' ? value.region : undefined;
    return {
      kind: 'recorded',
      recorded: {
        kind: 'event',
        at,
        rank: EVENT_ORDER.indexOf(eventType),
        identity: identityOf(value),
        eventType,
        facts,
        region,
        ...defined({ origin, customerId, ...handlingOf(value, eventType, at) }),
      },
    };
  } catch (error) {
    if (!(error instanceof MalformedEventError)) throw error;
    return problemEntry(error.message);
  }
}

/**
 * Who has the contact, and the end of after-contact work: from COMPLETED, whose envelope has whole seconds where the event
 * has no exact time.
 */
function handlingOf(value: JsonObject, eventType: string, at: number) {
  const detail = member(value, 'detail');
  const agentInfo = member(isObject(detail) ? detail : value, 'agentInfo');
  if (!isObject(agentInfo)) return {};
  const agentArn = member(agentInfo, 'agentArn');
  const endsAt = member(agentInfo, 'afterContactWorkEndTimestamp');
  const exact = typeof endsAt === 'string' ? Date.parse(endsAt) : Number.NaN;
  return {
    agentId: typeof agentArn === 'string' ? arnId(agentArn, 'agent') : undefined,
    completedAt: exact > EARLIEST_SET_TIME ? exact : eventType === 'COMPLETED' ? at : undefined,
  };
}

function parseRuleEventEntry(value: JsonObject, loggedAt: number | undefined): ParsedEntry {
  const at = timestampOf(value) ?? loggedAt;
  if (at === undefined) return problemEntry('This rule event has no time: expected "time".');
  return messageEntry(value, at, undefined);
}

function parseMessageEntry(value: JsonObject, loggedAt: number | undefined): ParsedEntry {
  const { time, ...body } = value;
  const at = timestampOf(value) ?? loggedAt;
  if (at === undefined) {
    const expected = 'a member "time", such as "time":"2026-11-23T10:00:00Z", or a time of its log line';
    return problemEntry(`This rule message has no time: expected ${expected}.`);
  }
  const { instanceId } = body as JsonObject;
  return messageEntry(body, at, typeof instanceId === 'string' ? instanceId : undefined);
}

/** Reports all problems except those of the instance now, with the line. */
function messageEntry(value: JsonObject, at: number, instanceId: string | undefined): ParsedEntry {
  const recorded = {
    kind: 'message' as const,
    at,
    rank: MESSAGE_RANK,
    identity: identityOf(value),
    body: JSON.stringify(value),
    ...defined({ instanceId }),
  };
  const messages = parseMessages(recorded, [instanceId ?? '']);
  return typeof messages === 'string' ? problemEntry(messages) : { kind: 'recorded', recorded };
}

/** When the reported change happened; undefined where only the envelope has a time. */
function happenedAt(eventType: string, facts: ContactFacts): number | undefined {
  switch (eventType) {
    case 'QUEUED': {
      // By a quick connect of an agent, a contact keeps an enqueue time from before it was there.
      const visit = latestVisit(facts);
      return visit && Math.max(visit.enqueuedAt, facts.initiatedAt ?? 0);
    }
    case 'CONNECTED_TO_AGENT':
      return facts.connectedAt;
    case 'DISCONNECTED':
      return facts.disconnectedAt;
    default:
      return undefined;
  }
}

function timestampOf(value: JsonObject): number | undefined {
  const time = value.time ?? value.Time;
  const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

function identityOf(value: JsonObject): string {
  const id = typeof value.id === 'string' ? value.id.slice(0, 100) : '';
  return `${id}#${stableHash(JSON.stringify(value))}`;
}

function problemEntry(text: string): ParsedEntry {
  return { kind: 'problem', message: text };
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
