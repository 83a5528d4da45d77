import { foldMessage } from '../domain/fold.ts';
import type { RuleMessage } from '../domain/rule-message.ts';
import { type FanOutWorld, fanOut } from './fan-out.ts';
import { type ReconcileWorld, reconcile } from './reconcile.ts';
import { takeEvent } from './take-event.ts';

/**
 * Does what a rule message asks for: one about a contact is folded into the contact's record, one for many contacts
 * becomes a message for each.
 */
export async function takeMessage(message: RuleMessage, world: ReconcileWorld & FanOutWorld): Promise<void> {
  switch (message.type) {
    case 'queue-signal':
    case 'reevaluate':
      await fanOut(message, world);
      return;
    case 'contact-event':
      await takeEvent(message.facts, world);
      return;
    default:
      await reconcile(message, (record, now) => foldMessage(record, message, now), world);
  }
}
