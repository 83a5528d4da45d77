import type { Report } from '../domain/outgoing-events/report.ts';
import type { Telemetry } from './ports.ts';

/** What reports are logged with. */
export type ReportTelemetry = Pick<Telemetry, 'changeReported' | 'contactLeft'>;

/** Writes one line for each report, once the record with its events is written. */
export function logReports(reports: readonly Report[], telemetry: ReportTelemetry): void {
  for (const report of reports) {
    if (report.kind === 'change') telemetry.changeReported(report.line);
    else telemetry.contactLeft(report.line);
  }
}
