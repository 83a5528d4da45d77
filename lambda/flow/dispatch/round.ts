import type { ContactKey } from '../../domain/contact/contact-key.ts';
import type { ContactRecord } from '../../domain/contact/record.ts';
import { defined } from '../../domain/json.ts';
import { pendingWork } from '../../domain/reconcile/pending-work.ts';
import type { Settings } from '../../domain/settings.ts';
import type { IndexedContact } from '../ports.ts';
import { updateRecord } from '../update-record.ts';
import { scheduleReconcile } from '../wake-up.ts';
import { applyChange } from './apply-change.ts';
import { describeContacts } from './describe.ts';
import { type DraftRecord, draft, type PendingRecord } from './draft-record.ts';
import { isolateFailure } from './isolate-failure.ts';
import type { RoundPorts } from './ports.ts';

/** The result of a round. */
export interface RoundResult {
  /** Contacts with nothing left to do, or nothing before their next attempt, and those that failed. */
  readonly finished: readonly IndexedContact[];
  /** Contacts for which something failed: what is left to do for them is not known. */
  readonly failed: readonly ContactKey[];
  /** Milliseconds after which the next round is worth while; 0: at once. */
  readonly waitMs: number;
  /** Connect denied access. */
  readonly denied: boolean;
}

/**
 * One round: asks Connect about the contacts that need it, then sends the updates that the quota grants, in the order
 * given. Tokens are taken just before the calls that they pay for. A contact that fails does not affect the others.
 */
export async function runRound(
  pending: readonly PendingRecord[],
  settings: Settings,
  ports: RoundPorts,
): Promise<RoundResult> {
  const contacts = pending.map(draft);
  const { ready, deferred, ...described } = await describeContacts(contacts, settings, ports);
  if (described.denied) return { finished: [], failed: [], waitMs: 0, denied: true };

  const changing = ready.filter(({ work }) => work?.kind === 'update');
  const { granted, waitMs } = await ports.rateLimiter.take('update', changing.length, settings);
  const chosen = changing.slice(0, granted);
  const others = ready.filter((contact) => !chosen.includes(contact));
  for (const { record } of [...chosen, ...deferredAlone(deferred, changing)]) {
    ports.fairQueue.recordService(record.instanceId);
  }
  const isolated = <T>(run: (contact: DraftRecord) => Promise<T>) => {
    return (contact: DraftRecord) => isolateFailure(contact.record, ports, () => run(contact));
  };
  const [changed, persisted] = await Promise.all([
    Promise.all(chosen.map(isolated((contact) => applyChange(contact, settings, ports)))),
    Promise.all(others.map(isolated((contact) => persistDraft(contact, ports)))),
  ]);
  const kinds = changed.flatMap((change) => change?.result.kind ?? []);
  await ports.rateLimiter.recordResults('update', kinds, settings);

  const unfinished = new Set(
    [
      ...deferred,
      ...chosen.filter((_, index) => changed[index]?.isPending),
      ...others.filter((_, index) => persisted[index] === 'update'),
    ].map(({ stored }) => stored),
  );
  return {
    finished: contacts.filter(({ stored }) => !unfinished.has(stored)).map(({ record }) => asIndexed(record)),
    failed: [
      ...described.failed,
      ...[
        ...chosen.filter((_, index) => !changed[index]),
        ...others.filter((_, index) => !persisted[index]),
      ].map(({ record }) => record),
    ],
    // Contacts that wait for a question do not hold up updates that can be sent.
    waitMs: changing.length > granted ? waitMs : chosen.length > 0 ? 0 : described.waitMs,
    denied: kinds.includes('denied'),
  };
}

/**
 * The deferred contacts of instances without an update to send: they take places in the round, which counts as
 * service, so that one instance's questions do not keep the places from the other instances.
 */
function deferredAlone(deferred: readonly DraftRecord[], changing: readonly DraftRecord[]): DraftRecord[] {
  const instances = new Set(changing.map(({ record }) => record.instanceId));
  return deferred.filter(({ record }) => !instances.has(record.instanceId));
}

/** A contact as the index shows it. */
export function asIndexed({ instanceId, contactId, decision }: ContactRecord): IndexedContact {
  return { instanceId, contactId, ...defined({ dueAt: decision?.dueAt }) };
}

/**
 * Writes what was learned of a contact that gets no update in this round. Dispatch knows no policies: once its
 * attributes are known, a contact is reconciled, and comes back.
 *
 * @returns the kind of work that is left, or `none`.
 */
async function persistDraft({ stored, change, record, work, isDescribed }: DraftRecord, ports: RoundPorts) {
  // Assumed defaults are not worth a write: in the next round Connect may be asked after all.
  const isWorthWriting = isDescribed || (record !== stored.record && !work);
  const written = isWorthWriting ? await updateRecord(stored, change, ports) : undefined;
  const left = pendingWork(written?.record ?? stored.record);
  if (left?.kind === 'reconcile') await scheduleReconcile(stored.record, ports.clock.now(), ports);
  return left?.kind ?? 'none';
}
