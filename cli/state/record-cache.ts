import { type ContactKey, keyString } from '../../lambda/domain/contact/contact-key.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { pendingWork } from '../../lambda/domain/reconcile/pending-work.ts';
import type { ContactStore, QueuedContact, StoredContact } from '../../lambda/flow/ports.ts';

/** Records that one request reads. */
const BATCH_SIZE = 100;

/** Entries of an instance's pending work that are looked at. */
const PENDING_LIMIT = 1_000;

/** What is read of the table, and how much of it. */
export interface CacheLimits {
  /** Contacts that are followed at most. */
  readonly maxContacts: number;
  /** Records that a look reads at most, beside those that are shown. The first look reads all. */
  readonly maxReads: number;
  /** A record is read again after so many milliseconds, whatever the indexes show. */
  readonly maxAgeMs: number;
}

/** Contacts that wait, as far as they were read. */
export interface CachedRecords {
  readonly records: readonly ContactRecord[];
  /** Contacts that have left the index since the last look, as their records say now. */
  readonly left: readonly ContactRecord[];
  /** Whether more contacts wait than are followed. */
  readonly isPartial: boolean;
  /** Contacts whose records could not be read. */
  readonly unreadable: number;
  /** Contacts that wait and whose records were not read yet. */
  readonly unread: number;
  /** Records that this look has read. */
  readonly reads: number;
  /** Entries of the indexes that it has read. */
  readonly entries: number;
}

interface Cached {
  readonly record: ContactRecord;
  readonly reconcileAt: number | undefined;
  readonly readAt: number;
  /** Whether work was pending, by the record or by the index: then the record changes soon. */
  readonly isPending: boolean;
}

/** Requests that are under way at the same time. */
const CONCURRENCY = 8;

/**
 * The records of contacts that wait, kept between looks at the table. A look reads the indexes, and of the records those
 * that are shown, that are new, that the indexes say have changed, and some of the oldest: so it costs much less than to
 * read all of them.
 */
export class RecordCache {
  readonly #store: Pick<ContactStore, 'queued' | 'pending' | 'loadMany'>;
  readonly #instances: readonly string[];
  readonly #limits: CacheLimits;
  #cached = new Map<string, Cached>();
  readonly #unreadable = new Set<string>();

  constructor(
    store: Pick<ContactStore, 'queued' | 'pending' | 'loadMany'>,
    instances: readonly string[],
    limits: CacheLimits,
  ) {
    this.#store = store;
    this.#instances = instances;
    this.#limits = limits;
  }

  /** To be called with each contact whose record cannot be read. */
  readonly reportUnreadable = (key: ContactKey): void => {
    this.#unreadable.add(keyString(key));
  };

  /**
   * Looks at the table again.
   *
   * @param shown - contacts that are read in any case.
   * @param now - milliseconds since the epoch.
   * @throws what the table answers.
   */
  async look(shown: readonly ContactKey[], now: number): Promise<CachedRecords> {
    const { entries, isPartial } = await this.#readQueued();
    const pending = await this.#readPending(now);
    const gone = [...this.#cached].flatMap(([key, { record }]) => (entries.has(key) ? [] : [record]));
    const wanted = this.#select(entries, pending.keys, new Set(shown.map(keyString)), now);
    const keys = [...gone, ...wanted.flatMap((key) => entries.get(key) ?? [])];
    for (const key of keys) this.#unreadable.delete(keyString(key));
    const read = await this.#load(keys);
    const cached = new Map<string, Cached>();
    for (const [key, { reconcileAt }] of entries) {
      const record = read.get(key);
      const known = this.#cached.get(key);
      const isPending = pending.keys.has(key) || (record !== undefined && pendingWork(record) !== undefined);
      if (record) cached.set(key, { record, reconcileAt, readAt: now, isPending });
      else if (known && !this.#unreadable.has(key)) cached.set(key, known);
    }
    this.#cached = cached;
    const unreadable = [...this.#unreadable].filter((key) => entries.has(key)).length;
    return {
      records: [...cached.values()].map(({ record }) => record),
      left: gone.flatMap((key) => read.get(keyString(key)) ?? []),
      isPartial,
      unreadable,
      unread: entries.size - cached.size - unreadable,
      reads: keys.length,
      entries: entries.size + pending.entries,
    };
  }

  async #readQueued(): Promise<{ entries: Map<string, QueuedContact>; isPartial: boolean }> {
    const entries = new Map<string, QueuedContact>();
    const { maxContacts } = this.#limits;
    for await (const { contacts, next } of this.#store.queued()) {
      const room = maxContacts - entries.size;
      for (const contact of contacts.slice(0, room)) entries.set(keyString(contact), contact);
      if (contacts.length > room) return { entries, isPartial: true };
      if (contacts.length === room) return { entries, isPartial: next !== undefined };
    }
    return { entries, isPartial: false };
  }

  async #readPending(now: number): Promise<{ keys: ReadonlySet<string>; entries: number }> {
    const lists = this.#instances.flatMap((instanceId) =>
      (['updates', 'questions'] as const).map((list) =>
        this.#store.pending(instanceId, list, PENDING_LIMIT, now),
      ),
    );
    const found = (await Promise.all(lists)).flat();
    return { keys: new Set(found.map(keyString)), entries: found.length };
  }

  /** The contacts to read: those that are shown in any case, and of the others as many as one look may read. */
  #select(
    entries: ReadonlyMap<string, QueuedContact>,
    pending: ReadonlySet<string>,
    shown: ReadonlySet<string>,
    now: number,
  ): string[] {
    const { maxReads, maxAgeMs } = this.#limits;
    const isFirst = this.#cached.size === 0;
    const others = [...entries].flatMap(([key, { reconcileAt }]) => {
      if (shown.has(key)) return [];
      const cached = this.#cached.get(key);
      if (!cached) return this.#unreadable.has(key) ? [] : [{ key, readAt: Number.NEGATIVE_INFINITY }];
      const isChanged = cached.reconcileAt !== reconcileAt || cached.isPending || pending.has(key);
      if (isChanged) return [{ key, readAt: cached.readAt - maxAgeMs }];
      return cached.readAt <= now - maxAgeMs ? [{ key, readAt: cached.readAt }] : [];
    });
    others.sort((a, b) => a.readAt - b.readAt);
    return [
      ...[...shown].filter((key) => entries.has(key)),
      ...others.slice(0, isFirst ? undefined : maxReads).map(({ key }) => key),
    ];
  }

  async #load(keys: readonly ContactKey[]): Promise<ReadonlyMap<string, ContactRecord>> {
    const found: StoredContact[] = [];
    for (let start = 0; start < keys.length; start += CONCURRENCY * BATCH_SIZE) {
      const batches = Array.from({ length: CONCURRENCY }, (_, index) => {
        const from = start + index * BATCH_SIZE;
        return this.#store.loadMany(keys.slice(from, from + BATCH_SIZE));
      });
      found.push(...(await Promise.all(batches)).flat());
    }
    return new Map(found.map(({ record }) => [keyString(record), record]));
  }
}
