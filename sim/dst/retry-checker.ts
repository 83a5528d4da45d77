import { type ContactKey, keyString } from '../../lambda/domain/contact/contact-key.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';

/** A wake-up as it is sent: its time is that of the process which sends it, in milliseconds since the epoch. */
interface WakeUp {
  readonly sentAt: number;
  readonly wakeAt: number;
}

/**
 * The longest time from a wake-up to the write of its record, in milliseconds: the process sends the wake-up first, and
 * may repeat the write.
 */
const WRITTEN_WITHIN_MS = 20_000;

/**
 * The longest time from one attempt to the next, in milliseconds. Where somebody else wrote meanwhile, the record may
 * count fewer attempts than the wake-up was sent for, and name an earlier time.
 */
const LONGEST_RETRY_MS = 60_000;

/**
 * Checks invariant 23: before a record says when a failed attempt is repeated, a wake-up for that time was sent. Without
 * it, the sweep finds the contact up to 90 seconds later.
 */
export class RetryChecker {
  checks = 0;
  readonly #wakeUps = new Map<string, WakeUp[]>();
  readonly #retryAt = new Map<string, number | undefined>();
  readonly #report: (message: string) => void;

  constructor(report: (message: string) => void) {
    this.#report = report;
  }

  /** SQS takes a wake-up, which it may lose. @param now - milliseconds since the epoch. */
  onWakeUp({ wakeAt, ...key }: ContactKey & { readonly wakeAt?: string }, now: number): void {
    if (wakeAt === undefined) return;
    const latest = (this.#wakeUps.get(keyString(key)) ?? []).filter(
      ({ sentAt }) => now - sentAt <= WRITTEN_WITHIN_MS,
    );
    this.#wakeUps.set(keyString(key), [...latest, { sentAt: now, wakeAt: Date.parse(wakeAt) }]);
  }

  /** @param hasLeft - the record says that the contact does not wait: nothing is tried again. */
  onSave(record: ContactRecord, hasLeft: boolean, now: number): void {
    const key = keyString(record);
    const retryAt = (record.look ?? record.status)?.retryAt;
    const before = this.#retryAt.get(key);
    this.#retryAt.set(key, retryAt);
    // A time that is over delays nothing.
    if (retryAt === undefined || retryAt === before || retryAt <= now || hasLeft) return;
    this.checks += 1;
    const isSent = (this.#wakeUps.get(key) ?? []).some(
      ({ sentAt, wakeAt }) =>
        now - sentAt <= WRITTEN_WITHIN_MS && Math.abs(wakeAt - retryAt) < LONGEST_RETRY_MS,
    );
    if (!isSent)
      this.#report(`${record.contactId} is tried again at ${retryAt}, and no wake-up was sent for it`);
  }
}
