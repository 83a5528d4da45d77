import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { isObject, type JsonObject } from '../../lambda/domain/json.ts';
import { parseRuleMessage } from '../../lambda/domain/messages/parse.ts';
import { MalformedMessageError } from '../../lambda/domain/messages/rule-message.ts';
import type { DeadLetter } from './dead-letter.ts';

/** What a redrive does with a letter. */
export type Disposition =
  /** It goes to the queue of rule messages. */
  | { readonly kind: 'rule-message'; readonly body: string }
  /** Dispatch is told once more that the contact has work. */
  | { readonly kind: 'dispatch'; readonly key: ContactKey }
  /** All contacts that wait are looked at again, once for all letters of this kind. */
  | { readonly kind: 'reevaluate' }
  /** Its handler could not understand it, and would not now, as far as its code or the reason says. It stays. */
  | { readonly kind: 'malformed'; readonly reason?: string }
  /** Nobody can tell what it is. It stays. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** What contact-events fails with on an event that it cannot understand. */
const MALFORMED_EVENT = 'MalformedEventError';

/**
 * Decides what becomes of a letter.
 *
 * @param withMalformed - letters that their handler set aside as malformed are sent on all the same, contact events
 * only if they can be understood.
 */
export function dispositionOf(letter: DeadLetter, withMalformed: boolean): Disposition {
  const { value, queue, error, body } = letter;
  if (!value) return unreadable('its body is no JSON object');
  switch (queue) {
    case 'RuleMessagesDlq':
      return isMalformed(letter) && !withMalformed ? { kind: 'malformed' } : { kind: 'rule-message', body };
    case 'ContactEventsDlq': {
      const event = extractEnvelope(value);
      if (!event) return unreadable('it holds no EventBridge event');
      if (error.code === MALFORMED_EVENT && !withMalformed) return { kind: 'malformed' };
      return eventDisposition(event, letter);
    }
    case 'DispatchDlq': {
      const { instanceId, contactId } = value;
      if (typeof instanceId === 'string' && typeof contactId === 'string') {
        return { kind: 'dispatch', key: { instanceId, contactId } };
      }
      return unreadable('it names no contact');
    }
    case 'PolicyChangesDlq':
      return extractEnvelope(value) ? { kind: 'reevaluate' } : unreadable('it holds no EventBridge event');
  }
}

/** Judged as its receiver will judge it, lest it only change from one dead-letter queue into another. */
function eventDisposition(event: JsonObject, { original: first }: DeadLetter): Disposition {
  const body = JSON.stringify(event);
  try {
    parseRuleMessage(body, { ...first, instances: [] });
    return { kind: 'rule-message', body };
  } catch (error) {
    if (!(error instanceof MalformedMessageError)) throw error;
    return { kind: 'malformed', reason: error.message };
  }
}

/** Only the handler writes a code next to the original id: EventBridge and SQS put letters there without. */
function isMalformed({ error, original: first, messageId }: DeadLetter): boolean {
  return error.code !== undefined && first.messageId !== messageId;
}

/** The EventBridge event that a letter is, or that Lambda's record of a failed invocation holds. */
function extractEnvelope(value: JsonObject): JsonObject | undefined {
  const event = isObject(value.requestPayload) ? value.requestPayload : value;
  return typeof event['detail-type'] === 'string' ? event : undefined;
}

function unreadable(reason: string): Disposition {
  return { kind: 'unreadable', reason };
}
