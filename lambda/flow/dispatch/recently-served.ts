import { keyString } from '../../domain/contact/contact-key.ts';
import type { IndexedContact } from '../ports.ts';

/** The index of pending contacts may lag by this much, both in what it still shows and in what it does not show yet. */
export const INDEX_LAG_MS = 2_000;

/** Contacts served so recently that the eventually consistent index may still list them. */
export class RecentlyServed {
  readonly #served = new Map<string, { readonly at: number; readonly dueAt: number }>();

  add(contacts: readonly IndexedContact[], now: number): void {
    for (const contact of contacts) {
      const { dueAt } = contact;
      // A damaged record may hold anything: it must not be served again and again.
      const isTime = Number.isFinite(dueAt);
      this.#served.set(keyString(contact), {
        at: now,
        dueAt: isTime ? Number(dueAt) : Number.POSITIVE_INFINITY,
      });
    }
  }

  /** Work that fell due after the work that was done is new: the index lags, and never runs ahead. */
  has(contact: IndexedContact, now: number): boolean {
    const served = this.#served.get(keyString(contact));
    return served !== undefined && now - served.at < INDEX_LAG_MS && (contact.dueAt ?? 0) <= served.dueAt;
  }

  /** How many there are, once the older ones are dropped. */
  count(now: number): number {
    for (const [key, { at }] of this.#served) if (now - at >= INDEX_LAG_MS) this.#served.delete(key);
    return this.#served.size;
  }
}
