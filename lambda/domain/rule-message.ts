import * as z from 'zod/mini';
import { arnId, type ContactFacts, type ContactKey } from './contact.ts';
import { MalformedEventError, parseContactEvent } from './contact-event.ts';
import { DURATION_FORM, durationSeconds } from './duration.ts';
import { DETAIL_TYPE_ENDS } from './event-rules.ts';
import { isObject, type JsonObject } from './json.ts';
import { nearest } from './nearest.ts';
import { settingSchema } from './policy/schema.ts';
import { settingProblems, settingRouting } from './policy/setting.ts';
import { formatProblem, notOneOf, type Problem, problem, schemaProblems } from './problems.ts';
import type { Routing } from './routing.ts';

/** A message about one contact. Times are milliseconds since the epoch. */
export type ContactMessage = ContactKey &
  (
    | {
        readonly type: 'signal';
        readonly id: string;
        readonly at: number;
        readonly signal: string;
        readonly until?: number;
      }
    | ({ readonly type: 'override'; readonly set: Routing; readonly until?: number } & Said)
    | ({ readonly type: 'release' } & Said)
    | { readonly type: 'wake'; readonly wakeAt: number }
  );

interface Said {
  readonly id: string;
  readonly at: number;
  readonly actor?: string;
  readonly reason?: string;
}

/** A signal for every contact that waits in a queue. */
export interface QueueSignal {
  readonly type: 'queue-signal';
  readonly id: string;
  readonly at: number;
  readonly queueArn: string;
  readonly signal: string;
  readonly until?: number;
}

/** Every queued contact is to be looked at again. */
export interface Reevaluate {
  readonly type: 'reevaluate';
}

/** What a contact event told, where it came through the queue. */
export interface ContactNews extends ContactKey {
  readonly type: 'contact-event';
  readonly facts: ContactFacts;
}

export type RuleMessage = ContactMessage | ContactNews | QueueSignal | Reevaluate;

/** How a message came. */
export interface MessageOrigin {
  /** The id that SQS first gave it: it makes a message idempotent that has no `id` of its own. */
  readonly messageId: string;
  /** When it was first sent, in milliseconds since the epoch: a `ttl` counts from then, however late it is read. */
  readonly sentAt: number;
  /** Instance ids served. */
  readonly instances: readonly string[];
}

/** A message that cannot be understood: no retry can help it. */
export class MalformedMessageError extends Error {
  override readonly name = 'MalformedMessageError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.problems = problems;
  }
}

const text = z.string().check(z.minLength(1), z.maxLength(512));
const contactId = z.string().check(z.minLength(1), z.maxLength(256));
const signalName = z.string().check(z.minLength(1), z.maxLength(256));
const remark = z.string().check(z.maxLength(512));
const duration = z
  .string()
  .check(z.refine((given) => (durationSeconds(given) ?? -1) > 0, { error: DURATION_FORM }));
const instant = z.string().check(
  z.refine((given) => Number.isFinite(Date.parse(given)), {
    error: 'a time such as 2026-11-23T12:00:00.000Z',
  }),
);
const said = { id: z.optional(text), instanceId: z.optional(text) };
const operator = { actor: z.optional(remark), reason: z.optional(remark) };

const SCHEMAS = {
  signal: z.strictObject({
    type: z.literal('signal'),
    ...said,
    contactId: z.optional(contactId),
    queueArn: z.optional(text),
    signal: signalName,
    ttl: z.optional(duration),
  }),
  override: z.strictObject({
    type: z.literal('override'),
    ...said,
    ...operator,
    contactId,
    set: settingSchema,
    ttl: z.optional(duration),
  }),
  release: z.strictObject({ type: z.literal('release'), ...said, ...operator, contactId }),
  wake: z.strictObject({ type: z.literal('wake'), ...said, contactId, wakeAt: instant }),
  reevaluate: z.strictObject({ type: z.literal('reevaluate'), ...said }),
} as const;

const TYPES = Object.keys(SCHEMAS);

/**
 * Reads the body of a rule message: one of this system's own, or the EventBridge envelope of a contact event or of a
 * Connect rule event. A rule event may stand for several messages (a signal for each queue that breached) or for none
 * (a metrics rule on agents alone).
 *
 * @throws MalformedMessageError with every problem at once.
 */
export function parseRuleMessage(body: string, origin: MessageOrigin): RuleMessage[] {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw malformed('syntax', [], body, `JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  if (!isObject(value)) throw malformed('wrong-type', [], value, 'an object');
  return Object.hasOwn(value, 'detail-type') ? fromEnvelope(value, origin) : [fromOwnMessage(value, origin)];
}

function fromOwnMessage(value: JsonObject, origin: MessageOrigin): RuleMessage {
  const { type } = value;
  if (typeof type !== 'string' || !Object.hasOwn(SCHEMAS, type)) {
    const allowed = `one of ${TYPES.join(', ')}, or the EventBridge envelope of a contact event or a Connect rule event`;
    throw new MalformedMessageError([
      problem(
        type === undefined ? 'missing' : 'not-allowed',
        ['type'],
        type,
        allowed,
        nearest(String(type), TYPES),
      ),
    ]);
  }
  const problems = [
    ...schemaProblems(SCHEMAS[type as keyof typeof SCHEMAS], value),
    ...(type === 'override' ? settingProblems(value.set, ['set']) : []),
    ...(type === 'signal' ? addresseeProblems(value) : []),
    ...(type === 'reevaluate' || value.queueArn !== undefined ? [] : instanceProblems(value, origin)),
  ];
  if (problems.length > 0) throw new MalformedMessageError(problems);
  return read(value as unknown as OwnMessage, origin);
}

type OwnMessage = { [T in keyof typeof SCHEMAS]: z.infer<(typeof SCHEMAS)[T]> }[keyof typeof SCHEMAS];

function read(value: OwnMessage, origin: MessageOrigin): RuleMessage {
  if (value.type === 'reevaluate') return { type: 'reevaluate' };
  const stamp = { id: value.id ?? origin.messageId, at: origin.sentAt };
  const ttlSeconds = 'ttl' in value && value.ttl !== undefined ? durationSeconds(value.ttl) : undefined;
  const until = ttlSeconds === undefined ? {} : { until: origin.sentAt + ttlSeconds * 1_000 };
  if (value.type === 'signal' && value.queueArn !== undefined) {
    return { type: 'queue-signal', ...stamp, queueArn: value.queueArn, signal: value.signal, ...until };
  }
  const key = { instanceId: value.instanceId ?? origin.instances[0] ?? '', contactId: value.contactId ?? '' };
  switch (value.type) {
    case 'signal':
      return { type: 'signal', ...key, ...stamp, signal: value.signal, ...until };
    case 'override':
      return {
        type: 'override',
        ...key,
        ...stamp,
        ...spoken(value),
        set: settingRouting(value.set),
        ...until,
      };
    case 'release':
      return { type: 'release', ...key, ...stamp, ...spoken(value) };
    case 'wake':
      return { type: 'wake', ...key, wakeAt: Date.parse(value.wakeAt) };
  }
}

function spoken(value: { actor?: string | undefined; reason?: string | undefined }) {
  return {
    ...(value.actor === undefined ? {} : { actor: value.actor }),
    ...(value.reason === undefined ? {} : { reason: value.reason }),
  };
}

/** Told apart by the ends of their detail types. */
function fromEnvelope(envelope: JsonObject, origin: MessageOrigin): RuleMessage[] {
  const detailType = envelope['detail-type'];
  if (typeof detailType === 'string') {
    if (detailType.endsWith(DETAIL_TYPE_ENDS.contactEvent)) return [fromContactEvent(envelope)];
    if (detailType.endsWith(DETAIL_TYPE_ENDS.ruleEvent)) return fromRuleEvent(envelope, origin);
  }
  const allowed = 'a contact event, "… Contact Event", or a Connect rule event, "… Rules Matched"';
  throw malformed('not-allowed', ['detail-type'], detailType, allowed);
}

function fromContactEvent(envelope: JsonObject): ContactNews {
  try {
    const { facts } = parseContactEvent(envelope);
    return { type: 'contact-event', instanceId: facts.instanceId, contactId: facts.contactId, facts };
  } catch (error) {
    if (!(error instanceof MalformedEventError)) throw error;
    throw new MalformedMessageError([{ code: 'contact-event', path: [], message: error.message }]);
  }
}

/**
 * A Connect rule event becomes the signal `rule:<ruleName>`: on its contact (Contact Lens rules) or on each queue
 * in `resources` (metrics rules, which name no contact). The two are told apart by what they carry, since the
 * documentation has begun to rename the detail types.
 */
function fromRuleEvent(envelope: JsonObject, origin: MessageOrigin): RuleMessage[] {
  const detail = isObject(envelope.detail) ? envelope.detail : {};
  const { ruleName, contactArn } = detail;
  if (typeof ruleName !== 'string' || ruleName === '') {
    throw malformed('missing', ['detail', 'ruleName'], ruleName, 'the name of the rule');
  }
  const stamp = {
    id: typeof envelope.id === 'string' ? envelope.id.slice(0, 128) : origin.messageId,
    at: origin.sentAt,
    signal: `rule:${ruleName}`.slice(0, 256),
  };
  if (contactArn !== undefined) {
    const contactId = typeof contactArn === 'string' ? arnId(contactArn, 'contact') : undefined;
    const instanceId = typeof contactArn === 'string' ? arnId(contactArn, 'instance') : undefined;
    if (!contactId || !instanceId) {
      throw malformed('not-allowed', ['detail', 'contactArn'], contactArn, 'the ARN of a contact');
    }
    return [{ type: 'signal', instanceId, contactId, ...stamp }];
  }
  const resources = Array.isArray(envelope.resources) ? envelope.resources : [];
  return resources
    .filter((arn): arn is string => typeof arn === 'string' && arnId(arn, 'queue') !== undefined)
    .map((queueArn) => ({ type: 'queue-signal', queueArn, ...stamp, id: `${stamp.id}:${queueArn}` }));
}

function addresseeProblems(value: JsonObject): Problem[] {
  if ((value.contactId === undefined) !== (value.queueArn === undefined)) return [];
  const allowed = 'contactId (for one contact) or queueArn (for all that wait there)';
  const hasBoth = value.contactId !== undefined;
  return [notOneOf('addressee', [], ['contactId', 'queueArn'], hasBoth, allowed)];
}

function instanceProblems(value: JsonObject, { instances }: MessageOrigin): Problem[] {
  const { instanceId } = value;
  if (instanceId === undefined) {
    if (instances.length === 1) return [];
    return [
      problem('missing', ['instanceId'], instanceId, `one of ${instances.join(', ')}, as several are served`),
    ];
  }
  if (typeof instanceId !== 'string' || instances.includes(instanceId)) return [];
  // A timer was set when its instance was served, and may ring when it is served again.
  if (value.type === 'wake') return [];
  return [
    problem('not-served', ['instanceId'], instanceId, `an instance that is served: ${instances.join(', ')}`),
  ];
}

function malformed(
  code: string,
  path: Problem['path'],
  found: unknown,
  allowed: string,
): MalformedMessageError {
  return new MalformedMessageError([problem(code, path, found, allowed)]);
}
