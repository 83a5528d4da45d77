import { type ContactKey, keyOf, keyString } from '../../domain/contact/contact-key.ts';
import type { ContactRecord } from '../../domain/contact/record.ts';

/**
 * The contacts whose update was in flight when a process ended. One of them may have crashed it and may do so again, so
 * each is served alone, after the others: those whose update was sent longest ago come first.
 */
export class Suspects {
  readonly #sentAt = new Map<string, { readonly key: ContactKey; readonly sentAt: number }>();
  readonly #dueAt: number;

  /**
   * @param dueAt - until then the others go first, so that a contact that crashes the process every time stops none; in
   *   milliseconds since the epoch.
   */
  constructor(dueAt: number) {
    this.#dueAt = dueAt;
  }

  get size(): number {
    return this.#sentAt.size;
  }

  has(key: ContactKey): boolean {
    return this.#sentAt.has(keyString(key));
  }

  /** @returns true where an update of the contact was in flight. */
  add(record: ContactRecord): boolean {
    if (record.inFlightSince === undefined) return false;
    this.#sentAt.set(keyString(record), { key: keyOf(record), sentAt: record.inFlightSince });
    return true;
  }

  /**
   * Takes out the one to serve now; undefined while others go first, or when there is none.
   *
   * @param isAlone - no other contact has work.
   */
  take(now: number, isAlone: boolean): ContactKey | undefined {
    if (!isAlone && now < this.#dueAt) return undefined;
    const [first] = [...this.#sentAt.values()].sort((a, b) => a.sentAt - b.sentAt);
    if (first) this.#sentAt.delete(keyString(first.key));
    return first?.key;
  }
}
