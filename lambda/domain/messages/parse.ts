import { durationSeconds } from '../duration.ts';
import { defined, isObject, type JsonObject } from '../json.ts';
import { routingFromSet, validateRoutingSet } from '../policy/routing-set.ts';
import { createProblem, exactlyOneOfProblem, type Problem } from '../validation/problem.ts';
import type * as s from '../validation/schema.ts';
import { schemaProblems } from '../validation/schema-problems.ts';
import { closestMatch } from '../validation/suggestion.ts';
import {
  addresseeFormProblems,
  instanceOfQueue,
  keyProblems,
  regionProblems,
  repairAddressee,
} from './addressee.ts';
import { fromEnvelope } from './envelope.ts';
import { wrongQueueProblem } from './message-queue.ts';
import {
  type ContactMessage,
  MalformedMessageError,
  type MessageMetadata,
  malformed,
  type RuleMessage,
} from './rule-message.ts';
import { INTERNAL_SCHEMAS, MESSAGE_TYPES, SCHEMAS } from './schemas.ts';

/**
 * Parses the body of a rule message: one of this system's own, or the EventBridge envelope of a contact event or of a
 * Connect rule event. A rule event may become several messages (a signal for each queue that breached) or none (a
 * metrics rule on agents alone).
 *
 * @throws MalformedMessageError with every problem at once.
 */
export function parseRuleMessage(body: string, metadata: MessageMetadata): RuleMessage[] {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw malformed('syntax', [], body, `JSON (${(error as SyntaxError).message})`);
  }
  if (!isObject(value)) throw malformed('wrong-type', [], value, 'an object');
  return Object.hasOwn(value, 'detail-type')
    ? fromEnvelope(value, metadata)
    : [fromOwnMessage(value, metadata)];
}

function fromOwnMessage(given: JsonObject, metadata: MessageMetadata): RuleMessage {
  const isInternal = isInternalType(given.type);
  // The system's own names a contact as its events do, in whatever letters these have.
  const value = isInternal ? given : repairAddressee(given);
  const { type } = value;
  if (typeof type !== 'string' || !Object.hasOwn(ALL_SCHEMAS, type)) {
    const allowed = `one of ${MESSAGE_TYPES.join(', ')}, or the EventBridge envelope of a contact event or a Connect rule event`;
    throw new MalformedMessageError([
      createProblem(
        type === undefined ? 'missing' : 'not-allowed',
        ['type'],
        type,
        allowed,
        typeof type === 'string' ? closestMatch(type, MESSAGE_TYPES) : undefined,
      ),
    ]);
  }
  const wrongQueue = wrongQueueProblem(type as keyof typeof ALL_SCHEMAS, ['type'], metadata.queue);
  if (wrongQueue) throw new MalformedMessageError([wrongQueue]);
  const problems = [
    ...schemaProblems(ALL_SCHEMAS[type as keyof typeof ALL_SCHEMAS], value),
    ...(type === 'override' ? validateRoutingSet(value.set, ['set']) : []),
    ...(type === 'signal' ? addresseeProblems(value) : []),
    ...(isInternal ? keyProblems(value) : addresseeFormProblems(given, value)),
    ...(FOR_ALL_INSTANCES.has(type) ? [] : instanceProblems(value, metadata)),
    ...(type === 'signal' ? regionProblems(value.queueArn, metadata.region) : []),
  ];
  if (problems.length > 0) throw new MalformedMessageError(problems);
  return toRuleMessage(value as unknown as OwnMessage, metadata);
}

/** Messages that are about no instance, nor about a queue of one. */
const FOR_ALL_INSTANCES = new Set(['reevaluate', 'continue-reevaluate', 'poll']);

const ALL_SCHEMAS = { ...SCHEMAS, ...INTERNAL_SCHEMAS };

/** Whether messages of a type are sent by the system itself only. */
function isInternalType(type: unknown): boolean {
  return typeof type === 'string' && (type === 'wake' || Object.hasOwn(INTERNAL_SCHEMAS, type));
}

type OwnMessage = {
  [T in keyof typeof ALL_SCHEMAS]: s.Infer<(typeof ALL_SCHEMAS)[T]>;
}[keyof typeof ALL_SCHEMAS];

function toRuleMessage(value: OwnMessage, metadata: MessageMetadata): RuleMessage {
  const { messageId, sentAt, instances, sender, originalSender } = metadata;
  const identity = { id: value.id ?? messageId, at: sentAt };
  const contactId = ('contactId' in value ? value.contactId : undefined) ?? '';
  const key = { instanceId: value.instanceId ?? instances[0] ?? '', contactId };
  switch (value.type) {
    case 'signal': {
      const { queueArn, signal } = value;
      const until = expiry(value.ttl, sentAt);
      return queueArn === undefined
        ? defined({ type: value.type, ...key, ...identity, signal, until })
        : defined({ type: 'queue-signal' as const, ...identity, queueArn, signal, until });
    }
    case 'override': {
      const { type, actor, reason } = value;
      const set = routingFromSet(value.set);
      const until = expiry(value.ttl, sentAt);
      return defined({ type, ...key, ...identity, actor, sender, originalSender, reason, set, until });
    }
    case 'release': {
      const { type, actor, reason } = value;
      return defined({ type, ...key, ...identity, actor, sender, originalSender, reason });
    }
    case 'signal-of-queue': {
      const { type, signal, ttl, queueArn } = value;
      return defined({ type, ...key, ...identity, signal, until: expiry(ttl, sentAt), queueArn });
    }
    case 'reevaluate':
    case 'continue-reevaluate': {
      const part = 'part' in value ? value.part : undefined;
      const { configuration } = value;
      return defined({ type: 'reevaluate' as const, id: identity.id, configuration, part });
    }
    case 'reevaluate-queue': {
      const { queueArn, part } = value;
      return defined({ type: 'reevaluate' as const, id: identity.id, queueArn, part });
    }
    case 'poll':
      return { type: 'poll', at: Date.parse(value.pollAt) };
    case 'queue-name':
      return { type: 'queue-name', instanceId: value.instanceId, queueArn: value.queueArn };
    case 'staffing': {
      const { type, instanceId, queueArn, expressions } = value;
      return { type, instanceId, queueArn, expressions };
    }
    case 'continue-signal': {
      const { queueArn, signal, ttl, part } = value;
      const until = expiry(ttl, sentAt);
      return defined({ type: 'queue-signal' as const, ...identity, queueArn, signal, until, part });
    }
    case 'inherit': {
      const { id: _id, ...inheritance } = value;
      return defined({ ...inheritance, ...key }) as ContactMessage;
    }
    case 'adopt':
      return { type: 'adopt', ...key, at: sentAt };
    case 'wake':
      return { type: 'wake', ...key, wakeAt: Date.parse(value.wakeAt) };
  }
}

function expiry(ttl: string | undefined, sentAt: number): number | undefined {
  const seconds = ttl === undefined ? undefined : durationSeconds(ttl);
  return seconds === undefined ? undefined : sentAt + seconds * 1_000;
}

function addresseeProblems(value: JsonObject): Problem[] {
  if ((value.contactId === undefined) !== (value.queueArn === undefined)) return [];
  const allowed = 'contactId (for one contact) or queueArn (for all that wait there)';
  const hasBoth = value.contactId !== undefined;
  return [exactlyOneOfProblem('addressee', [], ['contactId', 'queueArn'], hasBoth, allowed)];
}

function instanceProblems(value: JsonObject, { instances }: MessageMetadata): Problem[] {
  const { queueArn } = value;
  const instanceOfArn = typeof queueArn === 'string' ? instanceOfQueue(queueArn) : undefined;
  const instanceId = value.instanceId ?? instanceOfArn;
  if (instanceId === undefined) {
    if (instances.length === 1 || queueArn !== undefined) return [];
    return [
      createProblem(
        'missing',
        ['instanceId'],
        instanceId,
        `one of ${instances.join(', ')}, as several are served`,
      ),
    ];
  }
  if (typeof instanceId !== 'string' || instances.includes(instanceId)) return [];
  // The system's own: its instance was served when it was sent, and may be served again.
  if (isInternalType(value.type)) return [];
  return [
    createProblem(
      'not-served',
      [value.instanceId === undefined ? 'queueArn' : 'instanceId'],
      value.instanceId ?? queueArn,
      `an instance that is served: ${instances.join(', ')}`,
    ),
  ];
}
