import { plural } from '../format.ts';
import type {
  AlarmFigures,
  DeadLetterFigures,
  MetricFigures,
  OutsideFigures,
} from '../state/outside/outside-figures.ts';
import { hourTotals, latenessWords, rateWords } from '../wording/figure-words.ts';
import type { FormatMoment } from '../wording/times.ts';

/** What the table does not tell, one line for each part. */
export function outsideLines(
  { metrics, alarms, deadLetters, missing }: OutsideFigures,
  formatMoment: FormatMoment,
): string[] {
  return [
    ...(metrics ? metricLines(metrics, formatMoment) : []),
    ...(deadLetters ? [`Dead letters: ${deadLetterWords(deadLetters)}`] : []),
    ...(alarms ? alarmLines(alarms, formatMoment) : []),
    ...missing,
  ];
}

function metricLines(metrics: MetricFigures, formatMoment: FormatMoment): string[] {
  if (metrics.minutes.length === 0) return ['Last hour: CloudWatch has no metrics of it.'];
  const { calls, throttled, perSecond } = hourTotals(metrics);
  const lateness = metrics.lateness
    ? `lateness ${latenessWords(metrics.lateness.medianMs)} in the median, ${latenessWords(metrics.lateness.p95Ms)} at p95`
    : 'no change was made';
  return [
    `Last hour: ${plural(calls, 'call')}, ${throttled} throttled; ${lateness}; at the end ` +
      `${rateWords(perSecond)} calls a second. CloudWatch has it up to ${formatMoment(metrics.until)}.`,
  ];
}

function deadLetterWords({ queues }: DeadLetterFigures): string {
  const full = queues.filter(({ messages }) => messages > 0);
  if (full.length === 0) return 'none.';
  const words = full.map(({ queue, messages }) => `about ${messages} in ${queue}`).join(', ');
  return `${words}. escalator redrive lists them and sends them again.`;
}

function alarmLines({ count, ringing }: AlarmFigures, formatMoment: FormatMoment): string[] {
  if (ringing.length === 0) return [`Alarms: none of ${count} rings.`];
  return [
    `Alarms: ${ringing.length} of ${count} ${ringing.length === 1 ? 'rings' : 'ring'}.`,
    ...ringing.map(({ name, since, meaning, runbookUrl }) =>
      [
        `  ${name}${since === undefined ? '' : ` since ${formatMoment(since)}`}: ${meaning}`,
        ...(runbookUrl === undefined ? [] : [runbookUrl]),
      ].join(' '),
    ),
  ];
}
