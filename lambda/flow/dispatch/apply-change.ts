import { reopensAt } from '../../domain/contact/closure.ts';
import type { ContactRecord, UnderWay } from '../../domain/contact/record.ts';
import { sameJson, without } from '../../domain/json.ts';
import { nextUpdate, type UpdateAttempt } from '../../domain/reconcile/next-update.ts';
import { reportUpdate } from '../../domain/reconcile/outcome.ts';
import { applyUpdateResult, markInFlight, type UpdateResult } from '../../domain/reconcile/update-result.ts';
import type { Settings } from '../../domain/settings.ts';
import type { StoredContact } from '../ports.ts';
import { withReports } from '../reports.ts';
import { untilWritten, updateRecord, type WrittenContact, writeRecord } from '../update-record.ts';
import { scheduleNextAttempt } from '../wake-up.ts';
import { type DraftRecord, rebase } from './draft-record.ts';
import type { RoundPorts } from './ports.ts';

/** The result of a contact's turn. */
export interface ChangeResult {
  readonly result: UpdateResult;
  /** True when the contact has more work that can be done now. */
  readonly isPending: boolean;
}

/**
 * Sends a contact's next update and records its result. Before the update is sent, its record says that it is under way.
 * That write is also the last check of the contact: it conflicts when somebody else wrote meanwhile, and a contact that
 * has left gets no update. An update that may have been applied is repeated later, by a wake-up that is set before the
 * record is written.
 */
export async function applyChange(
  contact: DraftRecord,
  settings: Settings,
  ports: RoundPorts,
): Promise<ChangeResult> {
  const turn = await untilWritten(contact.stored, ports, (current) =>
    sendNext(contact, current, settings, ports),
  );
  if (!turn.attempt)
    return { result: { kind: 'done' }, isPending: turn.written.entries.pending !== undefined };
  const { attempt, result, sentOn, change } = turn;
  const now = ports.clock.now();
  reportMetrics(sentOn.record, result, now, ports);

  const reported = withReports(
    (record) => applyUpdateResult(change(record), attempt, result, now),
    (before, after) => reportUpdate({ sentOn: sentOn.record, before, after }, attempt, result, now),
    settings,
    ports.telemetry,
  );
  const changed = reported.change(sentOn.record);
  await scheduleNextAttempt(sentOn.record, reopensAt(changed) ?? changed.status?.retryAt, ports);
  const { record, entries } = await updateRecord(sentOn, reported.change, settings, ports);
  turn.onWritten();
  reported.log();
  const rejected = record.status?.rejected;
  if (result.kind !== 'done' && rejected?.generation === attempt.generation && rejected.at === now) {
    ports.telemetry.updateRejected(record, attempt, rejected.message);
  }
  return { result, isPending: entries.pending !== undefined };
}

/** What became of a contact's turn, before its result is recorded. */
type Turn =
  /** No update is left to send: there is none for a contact that was moved meanwhile, and must be asked about again. */
  | { readonly attempt?: undefined; readonly written: WrittenContact }
  | {
      readonly attempt: UpdateAttempt;
      readonly result: UpdateResult;
      /** The record that says that the update is under way. */
      readonly sentOn: StoredContact;
      /** What is to be written together with the result, and what to call once it is. */
      readonly change: DraftRecord['change'];
      readonly onWritten: () => void;
    };

/** @returns undefined on a conflict: nothing was sent. */
async function sendNext(
  contact: DraftRecord,
  current: StoredContact,
  settings: Settings,
  ports: RoundPorts,
): Promise<Turn | undefined> {
  const { record, work } = rebase(contact, current.record);
  const attempt = nextUpdate(work, settings.ageAdjustment);
  if (!attempt) {
    const written = await writeRecord(current, record, settings, ports);
    if (written) contact.onWritten();
    return written && { written };
  }
  let marked: WrittenContact | undefined;
  const result = await ports.connect.updateRouting(record, attempt, {
    underWay: record.underWay,
    async begin(underWay) {
      const now = ports.clock.now();
      const inFlight = { ...markInFlight(record, attempt, now), inFlightSince: now, underWay };
      // The indexes list it as they did: to move an entry costs two writes, and the result moves it again.
      marked = await writeRecord(current, inFlight, settings, ports, current.record);
      if (marked) contact.onWritten();
      return marked !== undefined;
    },
  });
  if (result === 'conflict-in-log') return undefined;
  if (marked) {
    const { underWay } = marked.record;
    return {
      attempt,
      result,
      sentOn: marked,
      change: (later) => withoutMark(later, underWay),
      onWritten() {},
    };
  }
  // It has begun before: the record is as it was marked then, and the draft is not written yet.
  const { onWritten } = contact;
  const isOver = result.kind === 'done';
  const change = (later: ContactRecord) =>
    isOver ? withoutMark(contact.change(later), record.underWay) : contact.change(later);
  return { attempt, result, sentOn: current, change, onWritten };
}

/** The record without the mark of an update whose result is known now. The mark that another dispatch set since stays. */
function withoutMark(record: ContactRecord, underWay: UnderWay | undefined): ContactRecord {
  return sameJson(record.underWay, underWay) ? without(without(record, 'inFlightSince'), 'underWay') : record;
}

function reportMetrics(
  record: ContactRecord,
  result: UpdateResult,
  now: number,
  { telemetry }: RoundPorts,
): void {
  switch (result.kind) {
    case 'done':
      telemetry.changeApplied(Math.max(0, now - (record.decision?.dueAt ?? now)));
      break;
    case 'throttled':
      telemetry.callThrottled();
      break;
    case 'unknown':
      telemetry.outcomeUnknown(record, result.message);
      break;
    case 'gone':
      telemetry.contactClosed(record, result.message);
      break;
    case 'denied':
      telemetry.accessDenied(result.message);
      break;
    case 'conflict':
    case 'invalid':
      break;
  }
}
