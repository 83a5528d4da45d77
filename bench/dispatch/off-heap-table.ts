import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { keyString } from '../../lambda/domain/contact/contact-key.ts';
import { type ContactRecord, emptyRecord } from '../../lambda/domain/contact/record.ts';
import { type IndexEntries, indexEntries } from '../../lambda/domain/reconcile/index-entries.ts';
import type { PendingList } from '../../lambda/domain/reconcile/pending-order.ts';
import type { ContactStore, StoredContact } from '../../lambda/flow/ports.ts';
import { SortedKeys } from '../../sim/virtual/sorted-keys.ts';
import type { VirtualTime } from '../../sim/virtual/virtual-time.ts';

/** The latency of a request, and the delay until the index shows a write. */
const REQUEST_MS = 5;
const INDEX_LAG_MS = 250;

/**
 * The contacts of one instance in virtual time. The records are in buffers outside V8's heap, so that the
 * heap contains only dispatch and the index.
 */
export class OffHeapTable implements ContactStore {
  readonly #items = new Map<string, { readonly bytes: Buffer; readonly revision: number }>();
  readonly #pending = new SortedKeys();
  readonly #time: VirtualTime;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  /** Adds a record without a delay. */
  seed(record: ContactRecord): void {
    const key = keyString(record);
    this.#put(key, record, 1);
    this.#pending.put(key, indexEntries(record, this.#time.now, 'absolute').pending?.sortKey);
  }

  async load(key: ContactKey): Promise<StoredContact> {
    await this.#time.sleep(REQUEST_MS);
    return this.#read(key) ?? { record: emptyRecord(key), revision: 0 };
  }

  async loadMany(keys: readonly ContactKey[]): Promise<StoredContact[]> {
    await this.#time.sleep(REQUEST_MS);
    return keys.flatMap((key) => this.#read(key) ?? []);
  }

  async save(
    record: ContactRecord,
    revision: number,
    { pending }: IndexEntries,
  ): Promise<number | undefined> {
    await this.#time.sleep(REQUEST_MS);
    const key = keyString(record);
    if ((this.#items.get(key)?.revision ?? 0) !== revision) return undefined;
    this.#put(key, record, revision + 1);
    this.#time.after(INDEX_LAG_MS, () => this.#pending.put(key, pending?.sortKey));
    return revision + 1;
  }

  async pending(instanceId: string, list: PendingList, limit: number, now: number) {
    await this.#time.sleep(REQUEST_MS);
    return this.#pending
      .inOrder(list, limit, now)
      .map(({ key }) => ({ instanceId, contactId: key.slice(instanceId.length + 1) }));
  }

  /** Dispatch does not read the index of queued contacts. */
  async *queued(): AsyncGenerator<never> {}

  #put(key: string, record: ContactRecord, revision: number): void {
    this.#items.set(key, { bytes: Buffer.from(JSON.stringify(record)), revision });
  }

  #read(key: ContactKey): StoredContact | undefined {
    const item = this.#items.get(keyString(key));
    return item && { record: JSON.parse(item.bytes.toString()) as ContactRecord, revision: item.revision };
  }
}
