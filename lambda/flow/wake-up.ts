import type { ContactKey } from '../domain/contact.ts';
import type { OutgoingMessage } from './ports.ts';

/** Contacts looked at a second when many are: a wave that the handlers and the table hardly feel. */
export const LOOKS_PER_SECOND = 50;

/** SQS delays a message by no more. */
const MAX_DELAY_SECONDS = 900;

/** The message that has a contact looked at again, for a moment in milliseconds since the epoch. */
export function wakeUp(
  { instanceId, contactId }: ContactKey,
  at: number,
  delaySeconds: number,
): OutgoingMessage {
  return { body: { type: 'wake', instanceId, contactId, wakeAt: new Date(at).toISOString() }, delaySeconds };
}

/** The wake-up of a contact that has its place, from 0, in a wave of many that are spread over time. */
export function wakeUpInTurn(key: ContactKey, place: number, now: number): OutgoingMessage {
  return wakeUp(key, now, Math.min(MAX_DELAY_SECONDS, Math.floor(place / LOOKS_PER_SECOND)));
}
