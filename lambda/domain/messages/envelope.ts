import { arnId, plainName } from '../arn.ts';
import { isReplayed, MalformedEventError, parseContactEvent } from '../contact/parse-event.ts';
import { isContactId, isInstanceId } from '../item-keys.ts';
import { defined, isObject, type JsonObject, member } from '../json.ts';
import type { Problem } from '../validation/problem.ts';
import { CONNECT_SOURCE, DETAIL_TYPE_SUFFIXES } from './event-rules.ts';
import { type MessageKind, wrongQueueProblem } from './message-queue.ts';
import {
  type ContactEventMessage,
  MalformedMessageError,
  type MessageMetadata,
  malformed,
  type RuleMessage,
} from './rule-message.ts';

/** The messages in an EventBridge envelope; the end of its detail type says what it holds. */
export function fromEnvelope(envelope: JsonObject, metadata: MessageMetadata): RuleMessage[] {
  const detailType = envelope['detail-type'];
  if (typeof detailType === 'string') {
    if (detailType.endsWith(DETAIL_TYPE_SUFFIXES.contactEvent)) {
      refuseOnWrongQueue('contact-event', metadata);
      return [fromContactEvent(envelope, metadata)];
    }
    if (detailType.endsWith(DETAIL_TYPE_SUFFIXES.ruleEvent)) {
      refuseOnWrongQueue('rule-event', metadata);
      return fromRuleEvent(envelope, metadata);
    }
  }
  const allowed = 'a contact event, "… Contact Event", or a Connect rule event, "… Rules Matched"';
  throw malformed('not-allowed', ['detail-type'], detailType, allowed);
}

function refuseOnWrongQueue(kind: MessageKind, { queue }: MessageMetadata): void {
  const problem = wrongQueueProblem(kind, ['detail-type'], queue);
  if (problem) throw new MalformedMessageError([problem]);
}

/** @throws MalformedMessageError for an event of an instance that this deployment has nothing to do with. */
function refuseFromOutside(
  instanceId: string | undefined,
  path: Problem['path'],
  found: unknown,
  { instances, deployedInstances }: MessageMetadata,
): void {
  if (!deployedInstances || instanceId === undefined) return;
  const known = [...new Set([...instances, ...deployedInstances])];
  if (known.includes(instanceId)) return;
  throw malformed('not-served', path, found, `an instance that is served: ${known.join(', ')}`);
}

function fromContactEvent(envelope: JsonObject, metadata: MessageMetadata): ContactEventMessage {
  refuseOtherSource(envelope);
  const event = parsedContactEvent(envelope);
  refuseFromOutside(event.instanceId, ['detail', 'instanceArn'], event.instanceId, metadata);
  return event;
}

/** EventBridge lets nobody but Amazon Connect send events with its source. */
function refuseOtherSource({ source }: JsonObject): void {
  if (source === undefined || source === CONNECT_SOURCE) return;
  throw malformed('not-allowed', ['source'], source, CONNECT_SOURCE);
}

function parsedContactEvent(envelope: JsonObject): ContactEventMessage {
  try {
    const { facts, origin, customerId, changesTags } = parseContactEvent(envelope);
    const { instanceId, contactId } = facts;
    return {
      type: 'contact-event',
      instanceId,
      contactId,
      facts,
      ...defined({ origin, customerId, changesTags }),
    };
  } catch (error) {
    if (!(error instanceof MalformedEventError)) throw error;
    throw new MalformedMessageError([{ code: 'contact-event', path: [], message: error.message }]);
  }
}

/**
 * A Connect rule event becomes the signal `rule:<ruleName>`: on its contact (Contact Lens rules) or on each queue
 * in `resources` (metrics rules, which name no contact). What the event carries decides, since the documentation has
 * begun to rename the detail types.
 */
function fromRuleEvent(envelope: JsonObject, metadata: MessageMetadata): RuleMessage[] {
  if (isReplayed(envelope)) return [{ type: 'replayed-rule-event' }];
  refuseOtherSource(envelope);
  const detail = isObject(envelope.detail) ? envelope.detail : {};
  const ruleName = member(detail, 'ruleName');
  // A rule on metrics has no contact, which may also read null or empty.
  const contactArn = member(detail, 'contactArn') || undefined;
  if (typeof ruleName !== 'string' || ruleName === '') {
    throw malformed('missing', ['detail', 'ruleName'], ruleName, 'the name of the rule');
  }
  const identity = {
    id: typeof envelope.id === 'string' ? envelope.id.slice(0, 128) : metadata.messageId,
    at: metadata.sentAt,
    signal: `rule:${ruleName}`.slice(0, 256),
  };
  if (contactArn !== undefined) {
    const arn = typeof contactArn === 'string' ? plainName(contactArn) : '';
    const [contactId, instanceId] = [arnId(arn, 'contact'), arnId(arn, 'instance')];
    if (!contactId || !instanceId || !isContactId(contactId) || !isInstanceId(instanceId)) {
      throw malformed('not-allowed', ['detail', 'contactArn'], contactArn, 'the ARN of a contact');
    }
    refuseFromOutside(instanceId, ['detail', 'contactArn'], contactArn, metadata);
    return [{ type: 'signal', instanceId, contactId, ...identity }];
  }
  const given = member(envelope, 'resources');
  const resources = Array.isArray(given) ? given : [];
  const queueArns = resources.flatMap((arn) =>
    typeof arn === 'string' && arnId(arn, 'queue') !== undefined ? plainName(arn) : [],
  );
  for (const arn of queueArns) refuseFromOutside(arnId(arn, 'instance'), ['resources'], arn, metadata);
  return queueArns.map((queueArn) => ({
    type: 'queue-signal',
    queueArn,
    ...identity,
    id: `${identity.id}:${queueArn}`,
  }));
}
