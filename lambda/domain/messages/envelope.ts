import { arnId, plainName } from '../arn.ts';
import { isReplayed, MalformedEventError, parseContactEvent } from '../contact/parse-event.ts';
import { isContactId, isInstanceId } from '../item-keys.ts';
import { defined, isObject, type JsonObject, member } from '../json.ts';
import { DETAIL_TYPE_SUFFIXES } from './event-rules.ts';
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
      return [fromContactEvent(envelope)];
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

function fromContactEvent(envelope: JsonObject): ContactEventMessage {
  try {
    const { facts, origin } = parseContactEvent(envelope);
    const { instanceId, contactId } = facts;
    return { type: 'contact-event', instanceId, contactId, facts, ...defined({ origin }) };
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
    return [{ type: 'signal', instanceId, contactId, ...identity }];
  }
  const given = member(envelope, 'resources');
  const resources = Array.isArray(given) ? given : [];
  return resources
    .flatMap((arn) => (typeof arn === 'string' && arnId(arn, 'queue') !== undefined ? plainName(arn) : []))
    .map((queueArn) => ({ type: 'queue-signal', queueArn, ...identity, id: `${identity.id}:${queueArn}` }));
}
