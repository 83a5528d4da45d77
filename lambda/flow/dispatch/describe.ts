import { markClosed, reopensAt } from '../../domain/contact/closure.ts';
import type { ContactKey } from '../../domain/contact/contact-key.ts';
import { hasTestMark } from '../../domain/contact/parse-event.ts';
import type { ContactRecord } from '../../domain/contact/record.ts';
import { without } from '../../domain/json.ts';
import {
  applyDescription,
  type ContactDescription,
  type DescribeResult,
  describeNeed,
  scheduleDescribeRetry,
  snapshotForDescribe,
} from '../../domain/reconcile/description.ts';
import { reportDescription } from '../../domain/reconcile/outcome.ts';
import { nextRetryAt } from '../../domain/reconcile/schedule.ts';
import type { Settings } from '../../domain/settings.ts';
import { withReports } from '../reports.ts';
import { updateRecord } from '../update-record.ts';
import { scheduleNextAttempt } from '../wake-up.ts';
import { type DraftRecord, withChange } from './draft-record.ts';
import { isolateFailure } from './isolate-failure.ts';
import type { RoundPorts } from './ports.ts';

/** The result of asking Connect about contacts. */
export interface DescribeResults {
  /** Contacts of which enough is known to go on, in the order given. */
  readonly ready: readonly DraftRecord[];
  /** Contacts for which something failed. */
  readonly failed: readonly ContactKey[];
}

/**
 * Calls DescribeContact: to learn the applied routing before a change that may lower it, the result of an update that
 * is unknown, attributes that policies name, or whether a contact waits that no event may have reported. A question
 * without an answer is asked again later, and a change that needs it waits.
 *
 * @param contacts - as many as tokens were taken for.
 */
export async function describeContacts(
  contacts: readonly DraftRecord[],
  settings: Settings,
  ports: RoundPorts,
): Promise<DescribeResults> {
  const attempts = await Promise.all(
    contacts.map((contact) =>
      isolateFailure(contact.record, ports, async () => {
        const askedAt = ports.clock.now();
        const result = await ports.connect.describe(contact.record);
        return { result, ready: await applyDescribeResult(contact, result, askedAt, settings, ports) };
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
    failed: contacts.filter((_, index) => !attempts[index]).map(({ record }) => record),
  };
}

/** The contact with Connect's answer; undefined when it must wait for a better one. */
async function applyDescribeResult(
  contact: DraftRecord,
  result: DescribeResult,
  askedAt: number,
  settings: Settings,
  ports: RoundPorts,
): Promise<DraftRecord | undefined> {
  const { record, work } = contact;
  if (result.kind === 'described') {
    const { description } = result;
    if (work?.kind === 'look' && isLeftOut(record, description, settings)) {
      ports.telemetry.eventLeftOut('test');
      return withChange(contact, withoutLook);
    }
    const snapshot = snapshotForDescribe(record, work, askedAt);
    const names = await ports.storedNames();
    const now = ports.clock.now();
    const { change, log } = withReports(
      (current) => applyDescription(current, description, snapshot, names),
      (before, after) => reportDescription(before, after, now),
      settings,
      ports.telemetry,
    );
    const answered = withChange(contact, change, log);
    await scheduleNextAttempt(record, nextRetryAt(answered.record), ports);
    return answered;
  }
  // The update that goes without an answer gets one of its own.
  if (describeNeed(work, settings.ageAdjustment) !== 'required') return contact;
  if (result.kind === 'gone') {
    const now = ports.clock.now();
    ports.telemetry.contactClosed(record, result.message);
    const closed = (current: ContactRecord) => markClosed(withoutLook(current), result, now);
    await scheduleNextAttempt(record, reopensAt(closed(record)), ports);
    return withChange(contact, closed);
  }
  ports.telemetry.questionUnanswered(record, result.message);
  await retryDescribeLater(contact, result.message, settings, ports);
  return undefined;
}

/** Records that Connect did not answer. The wake-up for the next attempt, if there is one, is set before that. */
async function retryDescribeLater(
  { stored }: DraftRecord,
  message: string,
  settings: Settings,
  ports: RoundPorts,
): Promise<void> {
  const now = ports.clock.now();
  const retried = (current: ContactRecord) => scheduleDescribeRetry(current, message, now);
  await scheduleNextAttempt(stored.record, nextRetryAt(retried(stored.record)), ports);
  await updateRecord(stored, retried, settings, ports);
}

function withoutLook(record: ContactRecord): ContactRecord {
  return without(record, 'look');
}

/** True for a contact of Connect's own tests that is adopted although its events are left out. */
function isLeftOut(
  { facts }: ContactRecord,
  { segmentAttributes }: ContactDescription,
  { testContacts }: Settings,
): boolean {
  return !testContacts && facts === undefined && hasTestMark(segmentAttributes);
}
