import type { ContactRecord } from '../domain/contact/record.ts';
import type { Report } from '../domain/reports/report.ts';
import { withUnsentEvents } from '../domain/reports/unsent.ts';
import type { Settings } from '../domain/settings.ts';
import type { Telemetry } from './ports.ts';

/** What reports are logged with. */
export type ReportTelemetry = Pick<Telemetry, 'changeReported' | 'contactLeft' | 'ordered'>;

/** A change of a record together with what there is to report of it. */
export interface ReportedChange {
  /** The change, with the events of its reports: they are written in the same write. */
  readonly change: (record: ContactRecord) => ContactRecord;
  /** Logs the reports of the last record that was changed. To be called once that is written. */
  readonly log: () => void;
}

/** Adds to a change what there is to report of it. */
export function withReports(
  change: (record: ContactRecord) => ContactRecord,
  reportsOf: (before: ContactRecord, after: ContactRecord) => readonly Report[],
  { events }: Pick<Settings, 'events'>,
  telemetry: ReportTelemetry,
): ReportedChange {
  let reports: readonly Report[] = [];
  return {
    change(before) {
      const after = change(before);
      reports = reportsOf(before, after);
      return withUnsentEvents(after, reports, events);
    },
    log: () => logReports(reports, telemetry),
  };
}

/** Writes one line for each report. */
export function logReports(reports: readonly Report[], telemetry: ReportTelemetry): void {
  for (const report of reports) {
    if (report.kind === 'change') telemetry.changeReported(report.line);
    else if (report.kind === 'left') telemetry.contactLeft(report.line);
    else telemetry.ordered(report.line);
  }
}
