import type { ContactKey } from '../domain/contact/contact-key.ts';
import { MAX_DELAY_SECONDS } from '../domain/deployment-constants.ts';
import type { Clock, Outbox, OutgoingMessage } from './ports.ts';

/** Contacts reconciled per second when many are: a load that the handlers and the table hardly notice. */
export const RECONCILES_PER_SECOND = 50;

/**
 * Contacts reconciled per second in the largest centres, which is what they need for each contact to have its turn in
 * 15 minutes. docs/limits.md says which concurrency that takes.
 */
export const MAX_RECONCILES_PER_SECOND = 250;

/** The message that has a contact reconciled, for a moment in milliseconds since the epoch. */
export function wakeUpMessage(
  { instanceId, contactId }: ContactKey,
  at: number,
  delaySeconds: number,
): OutgoingMessage {
  return { body: { type: 'wake', instanceId, contactId, wakeAt: new Date(at).toISOString() }, delaySeconds };
}

/** The wake-up of one contact among many, which are spread over time by their index, from 0. */
export function staggeredWakeUp(
  key: ContactKey,
  index: number,
  now: number,
  perSecond = RECONCILES_PER_SECOND,
): OutgoingMessage {
  return wakeUpMessage(key, now, Math.min(MAX_DELAY_SECONDS, Math.floor(index / perSecond)));
}

/** What setting a wake-up needs from outside. */
interface WakeUpPorts {
  readonly outbox: Pick<Outbox, 'sendWakeUps'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** Has a contact reconciled at a moment, in milliseconds since the epoch, at most 15 minutes ahead. */
export async function scheduleReconcile(key: ContactKey, at: number, ports: WakeUpPorts): Promise<void> {
  const delaySeconds = Math.max(0, Math.ceil((at - ports.clock.now()) / 1_000));
  await ports.outbox.sendWakeUps([wakeUpMessage(key, at, delaySeconds)]);
}

/**
 * Has a contact reconciled when it is tried again.
 *
 * @param at - in milliseconds since the epoch. Undefined, or over: nothing is to be waited for.
 */
export async function scheduleNextAttempt(
  key: ContactKey,
  at: number | undefined,
  ports: WakeUpPorts,
): Promise<void> {
  if (at !== undefined && at > ports.clock.now()) await scheduleReconcile(key, at, ports);
}
