import { type ContactKey, keyString } from '../../lambda/domain/contact/contact-key.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import type { DispatchEnd } from '../../lambda/flow/dispatch/dispatch.ts';

/** The ends after which nobody continues with what is left. */
const LAST_ENDS: readonly DispatchEnd[] = ['empty', 'denied', 'nothing-found'];

/** An invocation of dispatch, as its judge sees it. */
export interface ObservedDispatch {
  /** Something failed for the contact. */
  onFailed(key: ContactKey): void;
  onEnded(end: DispatchEnd): void;
}

/**
 * Checks invariant 24: before dispatch ends and says that nothing is left, each contact for which something failed was
 * written again, or a wake-up was sent for it. Without that, the sweep finds the contact up to 90 seconds later.
 */
export class FailedTurnChecker {
  checks = 0;
  /** When the record of a contact was last written, or a wake-up sent for it, by a count of all that happens. */
  readonly #seenTo = new Map<string, number>();
  /** The contacts about which only observing policies have a question. */
  readonly #ofObservers = new Set<string>();
  readonly #report: (message: string) => void;
  #moment = 0;

  constructor(report: (message: string) => void) {
    this.#report = report;
  }

  onSave(record: ContactRecord): void {
    if (isOfObservers(record)) this.#ofObservers.add(keyString(record));
    else this.#ofObservers.delete(keyString(record));
    this.onWakeUp(record);
  }

  /** SQS takes a wake-up, which it may lose. */
  onWakeUp(key: ContactKey): void {
    this.#moment += 1;
    this.#seenTo.set(keyString(key), this.#moment);
  }

  /** An invocation of dispatch begins. */
  onBegin(): ObservedDispatch {
    const failedAt = new Map<string, { readonly key: ContactKey; readonly moment: number }>();
    return {
      onFailed: (key) => void failedAt.set(keyString(key), { key, moment: this.#moment }),
      onEnded: (end) => {
        if (!LAST_ENDS.includes(end)) return;
        for (const [name, { key, moment }] of failedAt) {
          if (this.#ofObservers.has(name)) continue;
          this.checks += 1;
          if ((this.#seenTo.get(name) ?? 0) > moment) continue;
          this.#report(
            `dispatch ends, something failed for ${key.contactId}, and no wake-up was sent for it`,
          );
        }
      },
    };
  }
}

/** Questions of observing policies have time: the sweep has them asked again. */
function isOfObservers({ shadows, inFlightSince }: ContactRecord): boolean {
  return shadows?.requiredAttributes !== undefined && inFlightSince === undefined;
}
