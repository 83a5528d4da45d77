import type { ContactKey } from '../domain/contact.ts';
import type { Clock, Outbox } from './ports.ts';
import { wakeUp } from './wake-up.ts';

/** Has a contact looked at again at a moment, in milliseconds since the epoch, that is at most 15 minutes ahead. */
export async function lookAt(
  key: ContactKey,
  at: number,
  world: { readonly outbox: Pick<Outbox, 'sendRuleMessages'>; readonly clock: Pick<Clock, 'now'> },
): Promise<void> {
  const delaySeconds = Math.max(0, Math.ceil((at - world.clock.now()) / 1_000));
  await world.outbox.sendRuleMessages([wakeUp(key, at, delaySeconds)]);
}
