import { type ContactKey, keyString } from '../../domain/contact/contact-key.ts';
import { defined } from '../../domain/json.ts';
import { pendingListOf, pendingSortKey, type WorkList } from '../../domain/reconcile/index-entries.ts';
import { pendingWork } from '../../domain/reconcile/pending-work.ts';
import { isBackingOff, isReconcileImminent } from '../../domain/reconcile/schedule.ts';
import { spareWork } from '../../domain/reconcile/shadows.ts';
import type { Settings } from '../../domain/settings.ts';
import type { IndexedContact, StoredContact } from '../ports.ts';
import type { PendingRecord } from './draft-record.ts';
import type { DispatchPorts } from './ports.ts';
import type { RecentlyServed } from './recently-served.ts';
import type { RoundContacts } from './round.ts';

const LISTS = ['updates', 'questions'] as const satisfies WorkList[];

/** Contacts of each list in one round: enough to use the quota despite the latency of calls, few enough to keep the order. */
export const CONCURRENCY = 10;

/** The contacts for a round. */
export interface Selection extends RoundContacts {
  /** The most urgent of them; undefined when there is none. */
  readonly mostUrgent: ContactKey | undefined;
  /** Contacts without such work about which observing policies have a question; at most a round of them. */
  readonly spare: readonly StoredContact[];
  /** Contacts that were read and have neither. */
  readonly idle: readonly IndexedContact[];
}

/**
 * Selects the contacts for a round by their records: the contacts given, and the most urgent of each instance from the
 * index. The index may list contacts that were just served, so as many more are read from it: they never hide others.
 *
 * @param named - contacts to read directly, since the index may not show them yet.
 */
export async function selectPending(
  named: readonly ContactKey[],
  instances: readonly string[],
  recentlyServed: RecentlyServed,
  { ageAdjustment }: Pick<Settings, 'ageAdjustment'>,
  ports: DispatchPorts,
): Promise<Selection> {
  const limit = CONCURRENCY + recentlyServed.count(ports.clock.now());
  const indexed = await Promise.all(
    instances.flatMap((id) => LISTS.map((list) => ports.contacts.pending(id, list, limit))),
  );
  const now = ports.clock.now();
  const fresh = indexed.flatMap((contacts) =>
    contacts.filter((contact) => !recentlyServed.has(contact, now)).slice(0, CONCURRENCY),
  );
  const candidates = new Map(
    [...named, ...fresh].map((contact): [string, IndexedContact] => [keyString(contact), contact]),
  );
  const read = candidates.size === 0 ? [] : await ports.contacts.loadMany([...candidates.values()]);
  const pending = read
    .flatMap((stored) => actionable(stored, now) ?? [])
    .map((stored) => ({ stored, sortKey: pendingSortKey(stored.record, stored.work, ageAdjustment) }))
    .sort((a, b) => (a.sortKey < b.sortKey ? -1 : a.sortKey > b.sortKey ? 1 : 0))
    .map(({ stored }) => stored);
  const spare = read.filter((stored) => isActionable(stored, now) && hasOnlySpareWork(stored));
  const inOrder = (list: WorkList) => {
    const contacts = pending.filter(({ work }) => pendingListOf(work, ageAdjustment) === list);
    return ports.fairQueues[list].order(contacts, ({ record }) => record.instanceId).slice(0, CONCURRENCY);
  };
  for (const { record } of [...pending, ...spare]) candidates.delete(keyString(record));
  const recordedDueAt = new Map(read.map(({ record }) => [keyString(record), record.decision?.dueAt]));
  const idle = [...candidates].map(([key, { instanceId, contactId, dueAt = 0 }]) => {
    const recorded = recordedDueAt.get(key);
    const latest = recorded === undefined ? undefined : Math.max(recorded, dueAt);
    return { instanceId, contactId, ...defined({ dueAt: latest }) };
  });
  const [updates, questions] = [inOrder('updates'), inOrder('questions')];
  const mostUrgent = (updates[0] ?? questions[0])?.record;
  return { updates, questions, mostUrgent, spare: spare.slice(0, CONCURRENCY), idle };
}

/** The contact with its work; undefined when there is none now, or a reconcile is about to change it. */
function actionable(stored: StoredContact, now: number): PendingRecord | undefined {
  const work = isActionable(stored, now) ? pendingWork(stored.record) : undefined;
  return work && { ...stored, work };
}

/** False while a reconcile is about to change what is to be done: it notifies dispatch again. */
function isActionable({ record }: StoredContact, now: number): boolean {
  return !isBackingOff(record, now) && !isReconcileImminent(record, now);
}

function hasOnlySpareWork({ record }: StoredContact): boolean {
  return pendingWork(record) === undefined && spareWork(record) !== undefined;
}
