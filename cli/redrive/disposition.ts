import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { isObject, type JsonObject } from '../../lambda/domain/json.ts';
import { parseNotification } from '../../lambda/domain/messages/notification.ts';
import { parseRuleMessage } from '../../lambda/domain/messages/parse.ts';
import { MalformedMessageError } from '../../lambda/domain/messages/rule-message.ts';
import type { DeadLetter } from './dead-letter.ts';

/** What a redrive does with a letter. */
export type Disposition =
  /** Send it to the queue of signals. */
  | { readonly kind: 'rule-message'; readonly body: string }
  /** Send it to the queue of operators. */
  | { readonly kind: 'operator-message'; readonly body: string }
  /** Notify dispatch that the contact has work. */
  | { readonly kind: 'dispatch'; readonly key: ContactKey }
  /** Reconcile all queued contacts, once for all letters of this kind. */
  | { readonly kind: 'reevaluate' }
  /** Leave it: its handler cannot parse it, as far as its error code or the reason says. */
  | { readonly kind: 'malformed'; readonly reason?: string }
  /** Leave it: it is not a message of this system. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** The error of contact-events for an event that it cannot parse. */
const MALFORMED_EVENT = 'MalformedEventError';

/**
 * Decides what a redrive does with a letter.
 *
 * @param includeMalformed - resend letters that are malformed. Contact events are resent only if this version
 * can parse them.
 */
export function dispositionOf(letter: DeadLetter, includeMalformed: boolean): Disposition {
  const { value, queue, error, body } = letter;
  const isLeft = isMalformed(letter) && !includeMalformed;
  if (!value) return unreadable('its body is not a JSON object');
  switch (queue) {
    // A letter goes back to its own queue, never to another: otherwise a sender of signals could have an operator override.
    case 'RuleMessagesDlq':
      return isLeft ? { kind: 'malformed' } : { kind: 'rule-message', body };
    case 'OperatorMessagesDlq':
      return isLeft ? { kind: 'malformed' } : { kind: 'operator-message', body };
    case 'WakeUpsDlq':
      // Nobody may send to the queue of wake-ups. To reconcile every contact makes up for what they say.
      return isLeft ? { kind: 'malformed' } : { kind: 'reevaluate' };
    case 'ContactEventsDlq': {
      const event = extractEnvelope(value);
      if (!event) return unreadable('it has no EventBridge event');
      if (error.code === MALFORMED_EVENT && !includeMalformed) return { kind: 'malformed' };
      return eventDisposition(event, letter);
    }
    case 'DispatchDlq':
      return notificationDisposition(body);
    case 'PolicyChangesDlq':
      return extractEnvelope(value) ? { kind: 'reevaluate' } : unreadable('it has no EventBridge event');
  }
}

/** Parses the message as dispatch does, so that it does not come back. */
function notificationDisposition(body: string): Disposition {
  try {
    return { kind: 'dispatch', key: parseNotification(body) };
  } catch (error) {
    if (!(error instanceof MalformedMessageError)) throw error;
    return unreadable('it names no contact');
  }
}

/** Parses the event as rule-messages does, so that it does not move from one dead-letter queue to another. */
function eventDisposition(event: JsonObject, { original }: DeadLetter): Disposition {
  const body = JSON.stringify(event);
  try {
    parseRuleMessage(body, { ...original, instances: [] });
    return { kind: 'operator-message', body };
  } catch (error) {
    if (!(error instanceof MalformedMessageError)) throw error;
    return { kind: 'malformed', reason: error.message };
  }
}

/** Only the handler writes an error code together with the original id. EventBridge and SQS do not. */
function isMalformed({ error, original, messageId }: DeadLetter): boolean {
  return error.code !== undefined && original.messageId !== messageId;
}

/**
 * The EventBridge event of a letter: the letter itself, or the payload in Lambda's record of a failed
 * invocation.
 */
function extractEnvelope(value: JsonObject): JsonObject | undefined {
  const event = isObject(value.requestPayload) ? value.requestPayload : value;
  return typeof event['detail-type'] === 'string' ? event : undefined;
}

function unreadable(reason: string): Disposition {
  return { kind: 'unreadable', reason };
}
