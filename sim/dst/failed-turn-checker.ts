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
 * written again, or this invocation has sent a wake-up for it, perhaps without an answer. Without that, the sweep finds
 * the contact up to 90 seconds later.
 */
export class FailedTurnChecker {
  checks = 0;
  /** When the record of a contact was last written, by a count of all that happens. */
  readonly #savedAt = new Map<string, number>();
  /** When the last wake-up was sent for a contact, likewise. */
  readonly #wakeUpAt = new Map<string, number>();
  /** The contacts about which only observing policies have a question: until when, likewise. */
  readonly #observedUntil = new Map<string, number>();
  readonly #report: (message: string) => void;
  #moment = 0;

  constructor(report: (message: string) => void) {
    this.#report = report;
  }

  onSave(record: ContactRecord): void {
    const key = keyString(record);
    this.#moment += 1;
    this.#savedAt.set(key, this.#moment);
    if (isOfObservers(record)) this.#observedUntil.set(key, Number.POSITIVE_INFINITY);
    else if (this.#observedUntil.get(key) === Number.POSITIVE_INFINITY) {
      this.#observedUntil.set(key, this.#moment);
    }
  }

  /** SQS takes a wake-up, which it may lose. */
  onWakeUp(key: ContactKey): void {
    this.#moment += 1;
    this.#wakeUpAt.set(keyString(key), this.#moment);
  }

  /** An invocation of dispatch begins. */
  onBegin(): ObservedDispatch {
    const begunAt = this.#moment;
    const failedAt = new Map<string, { readonly key: ContactKey; readonly moment: number }>();
    return {
      onFailed: (key) => void failedAt.set(keyString(key), { key, moment: this.#moment }),
      onEnded: (end) => {
        if (!LAST_ENDS.includes(end)) return;
        for (const [name, { key, moment }] of failedAt) {
          if ((this.#observedUntil.get(name) ?? 0) > begunAt) continue;
          this.checks += 1;
          if ((this.#savedAt.get(name) ?? 0) > moment || (this.#wakeUpAt.get(name) ?? 0) > begunAt) continue;
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
