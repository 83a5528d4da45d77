import type { ContactKey } from '../../domain/contact/contact-key.ts';
import type { ContactRecord } from '../../domain/contact/record.ts';
import {
  applyDescription,
  assumeDefaults,
  type DescribeResult,
  describeNeed,
  scheduleDescribeRetry,
  snapshotForDescribe,
} from '../../domain/reconcile/description.ts';
import { markClosed } from '../../domain/reconcile/update-result.ts';
import type { Settings } from '../../domain/settings.ts';
import { updateRecord } from '../update-record.ts';
import { scheduleReconcile } from '../wake-up.ts';
import { type DraftRecord, withChange } from './draft-record.ts';
import { isolateFailure } from './isolate-failure.ts';
import type { RoundPorts } from './ports.ts';

/** The result of asking Connect about the contacts of a round. */
export interface DescribeResults {
  /** Contacts of which enough is known to go on, in the order given. */
  readonly ready: readonly DraftRecord[];
  /** Contacts that must be asked about, but the budget for it is spent. */
  readonly deferred: readonly DraftRecord[];
  /** Milliseconds until the budget allows the next question; 0 when none is deferred. */
  readonly waitMs: number;
  readonly denied: boolean;
  /** Contacts for which something failed. */
  readonly failed: readonly ContactKey[];
}

/**
 * Calls DescribeContact, within its budget, for the contacts that need it: to learn the applied routing before a first
 * change, the result of an update that is unknown, or attributes that policies name.
 */
export async function describeContacts(
  contacts: readonly DraftRecord[],
  settings: Settings,
  ports: RoundPorts,
): Promise<DescribeResults> {
  const needs = new Map(
    contacts.map((contact) => [contact, describeNeed(contact.work, settings.ageAdjustment)]),
  );
  const inQuestion = contacts.filter((contact) => needs.get(contact) !== 'none');
  const { granted, waitMs } = await ports.rateLimiter.take('describe', inQuestion.length, settings);
  const chosen = new Set(inQuestion.slice(0, granted));
  const deferred = inQuestion.slice(granted).filter((contact) => needs.get(contact) === 'required');
  const remaining = contacts.filter((contact) => !deferred.includes(contact));
  const attempts = await Promise.all(
    remaining.map((contact) =>
      isolateFailure(contact.record, ports, async () => {
        const need = needs.get(contact);
        if (!chosen.has(contact)) {
          return { ready: need === 'optional' ? withoutDescription(contact, settings) : contact };
        }
        const result = await ports.connect.describe(contact.record);
        const ready = await applyDescribeResult(contact, result, need === 'required', settings, ports);
        return { result, ready };
      }),
    ),
  );
  const results = attempts.flatMap((attempt) => attempt?.result ?? []);
  await ports.rateLimiter.recordResults(
    'describe',
    results.map(({ kind }) => kind),
    settings,
  );
  const denial = results.find(({ kind }) => kind === 'denied');
  if (denial?.kind === 'denied') ports.telemetry.accessDenied(denial.message);
  return {
    ready: attempts.flatMap((attempt) => attempt?.ready ?? []),
    deferred,
    waitMs: deferred.length > 0 ? waitMs : 0,
    denied: denial !== undefined,
    failed: remaining.filter((_, index) => !attempts[index]).map(({ record }) => record),
  };
}

/** The contact with the defaults assumed, since Connect was not asked. */
function withoutDescription(contact: DraftRecord, { ageAdjustment }: Settings): DraftRecord {
  return withChange(contact, (record) => assumeDefaults(record, ageAdjustment));
}

/** The contact with Connect's answer; undefined when it must wait for a better one. */
async function applyDescribeResult(
  contact: DraftRecord,
  result: DescribeResult,
  isRequired: boolean,
  settings: Settings,
  ports: RoundPorts,
): Promise<DraftRecord | undefined> {
  const { record, work } = contact;
  if (result.kind === 'described') {
    const snapshot = snapshotForDescribe(record, work);
    const change = (current: ContactRecord) => applyDescription(current, result.description, snapshot);
    return withChange(contact, change, true);
  }
  if (result.kind === 'gone') {
    const now = ports.clock.now();
    ports.telemetry.contactClosed(record, result.message);
    return withChange(contact, (current) => markClosed(current, result.message, now));
  }
  if (!isRequired) return withoutDescription(contact, settings);
  if (result.kind !== 'denied') await retryDescribeLater(contact, ports);
  return undefined;
}

/** Records that Connect did not answer. The wake-up for the next attempt is set before the record is written. */
async function retryDescribeLater({ stored }: DraftRecord, ports: RoundPorts): Promise<void> {
  const now = ports.clock.now();
  const retried = (current: ContactRecord) => scheduleDescribeRetry(current, now);
  await scheduleReconcile(stored.record, retried(stored.record).status?.retryAt ?? now, ports);
  await updateRecord(stored, retried, ports);
}
