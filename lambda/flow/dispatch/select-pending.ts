import { type ContactKey, keyOf, keyString } from '../../domain/contact/contact-key.ts';
import { defined } from '../../domain/json.ts';
import {
  orderKey,
  pendingListOf,
  pendingSortKey,
  type WorkList,
} from '../../domain/reconcile/pending-order.ts';
import { pendingWork } from '../../domain/reconcile/pending-work.ts';
import { isBackingOff, isReconcileImminent } from '../../domain/reconcile/schedule.ts';
import { spareWork } from '../../domain/reconcile/shadows.ts';
import type { Settings } from '../../domain/settings.ts';
import type { IndexedContact, StoredContact } from '../ports.ts';
import type { PendingRecord } from './draft-record.ts';
import type { DispatchPorts } from './ports.ts';
import type { RecentlyServed } from './recently-served.ts';
import { ROUND_SIZE, type RoundContacts } from './round.ts';
import type { Suspects } from './suspects.ts';

const LISTS = ['updates', 'questions'] as const satisfies WorkList[];

/** The contacts for a round. */
export interface Selection extends RoundContacts {
  /** The most urgent of them; undefined when there is none. */
  readonly mostUrgent: ContactKey | undefined;
  /** Contacts without such work about which observing policies have a question; at most a round of them. */
  readonly spare: readonly StoredContact[];
  /** Contacts that were read and have neither. */
  readonly idle: readonly IndexedContact[];
  /** True where contacts turned out to be suspects: what comes after them is not known yet. */
  readonly hasNewSuspects: boolean;
}

/**
 * Selects the contacts for a round by their records: the contacts given, and the most urgent of each instance from the
 * index. The index may list contacts that were just served, and suspects, which are left out, so as many more are read from
 * it: they never hide others.
 *
 * @param named - contacts to read directly, since the index may not show them yet.
 * @param pageSize - contacts of each list to read.
 */
export async function selectPending(
  named: readonly ContactKey[],
  instances: readonly string[],
  recentlyServed: RecentlyServed,
  suspects: Suspects,
  { ageAdjustment }: Pick<Settings, 'ageAdjustment'>,
  ports: DispatchPorts,
  pageSize = ROUND_SIZE,
): Promise<Selection> {
  const limit = pageSize + recentlyServed.count(ports.clock.now()) + suspects.size;
  const askedAt = ports.clock.now();
  const indexed = await Promise.all(
    instances.flatMap((id) => LISTS.map((list) => ports.contacts.pending(id, list, limit, askedAt))),
  );
  const now = ports.clock.now();
  const fresh = indexed.flatMap((contacts) =>
    contacts
      .filter((contact) => !recentlyServed.has(contact, now) && !suspects.has(contact))
      .slice(0, pageSize),
  );
  const candidates = new Map(
    [...named.filter((contact) => !suspects.has(contact)), ...fresh].map(
      (contact): [string, IndexedContact] => [keyString(contact), contact],
    ),
  );
  const read = await ports.contacts.loadMany([...candidates.values()]);
  const judged = read.flatMap((stored) => judge(stored, ageAdjustment, now, ports) ?? []);
  const working = judged.filter((contact) => contact.list !== 'spare');
  const newSuspects = working.filter(({ stored }) => suspects.add(stored.record));
  const pending = working
    .filter((contact) => !newSuspects.includes(contact))
    .map((contact) => ({ ...contact, order: orderKey(contact.sortKey, now) }))
    .sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
  const spare = judged.filter((contact) => contact.list === 'spare').map(({ stored }) => stored);
  const inOrder = (list: WorkList) => {
    const contacts = pending.filter((contact) => contact.list === list).map(({ stored }) => stored);
    return ports.fairQueues[list].order(contacts, ({ record }) => record.instanceId).slice(0, ROUND_SIZE);
  };
  for (const { stored } of judged) candidates.delete(keyString(stored.record));
  const recordedDueAt = new Map(read.map(({ record }) => [keyString(record), record.decision?.dueAt]));
  const idle = [...candidates].map(([key, { instanceId, contactId, dueAt = 0 }]) => {
    const recorded = recordedDueAt.get(key);
    const latest = recorded === undefined ? undefined : Math.max(recorded, dueAt);
    return { instanceId, contactId, ...defined({ dueAt: latest }) };
  });
  const [updates, questions] = [inOrder('updates'), inOrder('questions')];
  const mostUrgent = (updates[0] ?? questions[0])?.record;
  const hasNewSuspects = newSuspects.length > 0;
  return { updates, questions, mostUrgent, spare: spare.slice(0, ROUND_SIZE), idle, hasNewSuspects };
}

/** A round of one contact alone; undefined where there is nothing to do for it now. */
export async function selectAlone(
  key: ContactKey,
  { ageAdjustment }: Pick<Settings, 'ageAdjustment'>,
  ports: DispatchPorts,
): Promise<RoundContacts | undefined> {
  const [stored] = await ports.contacts.loadMany([key]);
  const judged = stored && judge(stored, ageAdjustment, ports.clock.now(), ports);
  if (!judged || judged.list === 'spare') return undefined;
  return { updates: [], questions: [], [judged.list]: [judged.stored] };
}

/** A contact with something to do, and its place. */
type JudgedContact =
  | { readonly list: WorkList; readonly sortKey: string; readonly stored: PendingRecord }
  | { readonly list: 'spare'; readonly stored: StoredContact };

/**
 * What there is to do for a contact; undefined when there is nothing now. A record that cannot be judged, such as one
 * that somebody damaged, is reported, and affects no other contact.
 */
function judge(
  stored: StoredContact,
  ageAdjustment: Settings['ageAdjustment'],
  now: number,
  { telemetry }: Pick<DispatchPorts, 'telemetry'>,
): JudgedContact | undefined {
  const { record } = stored;
  try {
    if (!isActionable(stored, now)) return undefined;
    const work = pendingWork(record);
    if (!work) return spareWork(record) && { list: 'spare', stored };
    const list = pendingListOf(work, ageAdjustment);
    return { list, sortKey: pendingSortKey(record, work, ageAdjustment), stored: { ...stored, work } };
  } catch (error) {
    telemetry.contactFailed(keyOf(record), error);
    return undefined;
  }
}

/** False while a reconcile is about to change what is to be done: it notifies dispatch again. */
function isActionable({ record }: StoredContact, now: number): boolean {
  return !isBackingOff(record, now) && !isReconcileImminent(record, now);
}
