import type { ContactFacts } from '../../lambda/domain/contact/facts.ts';
import { MalformedEventError, parseContactEvent } from '../../lambda/domain/contact/parse-event.ts';
import { isObject, type JsonObject } from '../../lambda/domain/json.ts';
import { CONTACT_EVENT_TYPES, DETAIL_TYPE_SUFFIXES } from '../../lambda/domain/messages/event-rules.ts';
import { parseRuleMessage } from '../../lambda/domain/messages/parse.ts';
import { MalformedMessageError, type RuleMessage } from '../../lambda/domain/messages/rule-message.ts';
import { stableHash } from '../../lambda/domain/stable-hash.ts';

/** Something that the system would have been told. */
export type RecordedInput = {
  /** When it happened, in milliseconds since the epoch. */
  readonly at: number;
  /** Alike for two copies of one thing, and in no other case; gives those of one moment their order. */
  readonly identity: string;
} & (
  | {
      readonly kind: 'event';
      readonly eventType: string;
      readonly facts: ContactFacts;
      /** Where the event is from; absent where it says nothing of it. */
      readonly region?: string;
    }
  | { readonly kind: 'message'; readonly body: string; readonly instanceId?: string }
);

/** What an entry of a recording is. */
export type ParsedEntry =
  | { readonly kind: 'recorded'; readonly recorded: RecordedInput }
  /** A contact event of a type that the system is not told of. */
  | { readonly kind: 'ignored'; readonly eventType: string }
  | { readonly kind: 'problem'; readonly message: string };

/** An entry of a recording: a JSON value, and when it was logged, in milliseconds since the epoch, if that is known. */
export interface RecordingEntry {
  readonly value: unknown;
  readonly loggedAt?: number;
}

/**
 * Reads an entry: a contact event, a Connect rule event, or a rule message of this system's own. Tolerant as the
 * handlers are. A contact event counts from when the thing happened that it tells of, with the milliseconds that the
 * envelope's time lacks; a message of this system's own says no time, so that of its log line must be known.
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
    const known = `"… ${DETAIL_TYPE_SUFFIXES.contactEvent}" or "… ${DETAIL_TYPE_SUFFIXES.ruleEvent}"`;
    return problemEntry(`Its detail-type is ${JSON.stringify(detailType)}; expected ${known}.`);
  }
  return parseContactEventEntry(value, loggedAt);
}

/**
 * What a recorded message tells.
 *
 * @param instances - ids of the instances served.
 * @returns the problem as a text where it cannot be understood.
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
    const { eventType, facts } = parseContactEvent(value);
    if (!(CONTACT_EVENT_TYPES as readonly string[]).includes(eventType))
      return { kind: 'ignored', eventType };
    const at = happenedAt(eventType, facts) ?? timestampOf(value) ?? loggedAt ?? latestTimestamp(facts);
    if (at === undefined) return problemEntry('It says no time: expected an envelope with "time".');
    const region = typeof value.region === 'string' ? { region: value.region } : {};
    return {
      kind: 'recorded',
      recorded: { kind: 'event', at, identity: identityOf(value), eventType, facts, ...region },
    };
  } catch (error) {
    if (!(error instanceof MalformedEventError)) throw error;
    return problemEntry(error.message);
  }
}

function parseRuleEventEntry(value: JsonObject, loggedAt: number | undefined): ParsedEntry {
  const at = timestampOf(value) ?? loggedAt;
  if (at === undefined) return problemEntry('This rule event says no time: expected "time".');
  return messageEntry(value, at, undefined);
}

function parseMessageEntry(value: JsonObject, loggedAt: number | undefined): ParsedEntry {
  const { time, ...body } = value;
  const at = timestampOf(value) ?? loggedAt;
  if (at === undefined) {
    const expected = '"time" beside it, such as "time":"2026-11-23T10:00:00Z", or that of its log line';
    return problemEntry(`This rule message does not say when it was sent: expected ${expected}.`);
  }
  const { instanceId } = body as JsonObject;
  return messageEntry(body, at, typeof instanceId === 'string' ? instanceId : undefined);
}

/** Whatever is wrong with it beside the instance is told now, with its line. */
function messageEntry(value: JsonObject, at: number, instanceId: string | undefined): ParsedEntry {
  const recorded = {
    kind: 'message' as const,
    at,
    identity: identityOf(value),
    body: JSON.stringify(value),
    ...(instanceId === undefined ? {} : { instanceId }),
  };
  const told = parseMessages(recorded, [instanceId ?? '']);
  return typeof told === 'string' ? problemEntry(told) : { kind: 'recorded', recorded };
}

/** When the thing happened that the type stands for; undefined where only the envelope says so. */
function happenedAt(eventType: string, facts: ContactFacts): number | undefined {
  switch (eventType) {
    case 'QUEUED':
      return facts.queue?.enqueuedAt;
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

function latestTimestamp({
  initiatedAt,
  queue,
  connectedAt,
  disconnectedAt,
}: ContactFacts): number | undefined {
  const times = [initiatedAt, queue?.enqueuedAt, connectedAt, disconnectedAt].filter(
    (at) => at !== undefined,
  );
  return times.length === 0 ? undefined : Math.max(...times);
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
