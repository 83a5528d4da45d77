import { reopensAt } from '../../domain/contact/closure.ts';
import type { ContactRecord } from '../../domain/contact/record.ts';
import { without } from '../../domain/json.ts';
import { nextUpdate, type UpdateAttempt } from '../../domain/reconcile/next-update.ts';
import { reportUpdate } from '../../domain/reconcile/outcome.ts';
import { applyUpdateResult, markInFlight, type UpdateResult } from '../../domain/reconcile/update-result.ts';
import type { Settings } from '../../domain/settings.ts';
import { withReports } from '../reports.ts';
import { updateRecord } from '../update-record.ts';
import { scheduleReconcile } from '../wake-up.ts';
import { type DraftRecord, rebase } from './draft-record.ts';
import type { RoundPorts } from './ports.ts';

/** The result of a contact's turn. */
export interface ChangeResult {
  readonly result: UpdateResult;
  /** True when the contact has more work that can be done now. */
  readonly isPending: boolean;
}

/**
 * Sends a contact's next update and records its result. The record is marked before the update is sent. That write is
 * also the last check of the contact: it conflicts when somebody else wrote meanwhile, and a contact that has left
 * gets no update. An update that may have been applied is repeated later, by a wake-up that is set before the record
 * is written.
 */
export async function applyChange(
  contact: DraftRecord,
  settings: Settings,
  ports: RoundPorts,
): Promise<ChangeResult> {
  const { ageAdjustment } = settings;
  let attempt: UpdateAttempt | undefined;
  const marked = await updateRecord(
    contact.stored,
    (current) => {
      const { record, work } = rebase(contact, current);
      // There is none for a contact that was moved meanwhile, and must be asked about again: the next round does that.
      attempt = nextUpdate(work, ageAdjustment);
      return attempt ? { ...markInFlight(record, attempt), inFlightSince: ports.clock.now() } : record;
    },
    settings,
    ports,
  );
  contact.onWritten();
  if (!attempt) return { result: { kind: 'done' }, isPending: marked.entries.pending !== undefined };
  const sent = attempt;
  const result = await ports.connect.updateRouting(marked.record, sent);
  const now = ports.clock.now();
  reportMetrics(marked.record, result, now, ports);

  const reported = withReports(
    (record) => without(applyUpdateResult(record, sent, result, now), 'inFlightSince'),
    (before, after) => reportUpdate({ sentOn: marked.record, before, after }, sent, result, now),
    settings,
    ports.telemetry,
  );
  const changed = reported.change(marked.record);
  const retryAt = reopensAt(changed) ?? changed.status?.retryAt;
  if (retryAt !== undefined && retryAt > now) await scheduleReconcile(marked.record, retryAt, ports);
  const { record, entries } = await updateRecord(marked, reported.change, settings, ports);
  reported.log();
  const rejected = record.status?.rejected;
  if (result.kind !== 'done' && rejected?.generation === sent.generation && rejected.at === now) {
    ports.telemetry.updateRejected(record, sent, rejected.message);
  }
  return { result, isPending: entries.pending !== undefined };
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
