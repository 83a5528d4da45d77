import Table from 'cli-table3';
import { percentile } from '../../sim/statistics/index.ts';
import type { Progress } from './run.ts';
import { type ScenarioSummary, SERVICE_LEVEL_SECONDS } from './summary.ts';

/** A line of progress: `04:30 of 10:00 | …`. */
export function progressLine(progress: Progress): string {
  const { elapsedMs, durationMs, arrived, waiting, handled, calls, throttled } = progress;
  return (
    `${clock(elapsedMs)} of ${clock(durationMs)} | arrived ${arrived} | waiting ${waiting} | ` +
    `with agents ${handled} | routing calls ${calls} | throttled ${throttled}`
  );
}

/** The tables at the end of a run. */
export function summaryText(summary: ScenarioSummary, probeMs: readonly number[], tookMs: number): string {
  const totals = table(
    [],
    [
      [
        'Contacts',
        `${summary.contacts}: ${summary.answered} answered, ${summary.abandoned} abandoned, ${summary.waiting} waiting at the end`,
      ],
      [
        'Escalations applied',
        [
          String(summary.changesApplied),
          ...[...summary.byPolicy].map(([policy, count]) => `${policy} ${count}`),
        ].join(', '),
      ],
      [
        'Due, but gone first',
        `${summary.leftInTime} left within 5 s, ${summary.overtaken} overtaken by a later change`,
      ],
      [
        'Routing calls',
        `${summary.calls}, at most ${summary.callsInOneSecond} in a second, ${summary.throttled} throttled, ${summary.justLeft} for contacts that had just left`,
      ],
      ['DescribeContact calls', `${summary.describeCalls}, ${summary.describeThrottled} throttled`],
      [
        'Lateness of changes',
        `median ${seconds(summary.latenessMedianMs)}, 95th percentile ${seconds(summary.latenessP95Ms)} (simulated time)`,
      ],
      [
        'Event to routing call',
        `median ${milliseconds(percentile(probeMs, 0.5))}, 95th percentile ${milliseconds(percentile(probeMs, 0.95))} (real time, nothing waiting)`,
      ],
      ['Real time taken', `${(tookMs / 1_000).toFixed(1)} s`],
    ],
    [24, 74],
  );
  const tiers = table(
    [
      'Tier',
      'Contacts',
      'Escalated',
      'Answered',
      'Abandoned',
      `Within ${SERVICE_LEVEL_SECONDS} s`,
      'Wait median',
      'Wait 95th',
    ],
    summary.tiers.map((tier) => [
      tier.tier,
      tier.contacts,
      tier.escalated,
      tier.answered,
      tier.abandoned,
      tier.serviceLevel === undefined ? '-' : `${(tier.serviceLevel * 100).toFixed(0)} %`,
      tier.waitMedianSeconds === undefined ? '-' : `${tier.waitMedianSeconds.toFixed(0)} s`,
      tier.waitP95Seconds === undefined ? '-' : `${tier.waitP95Seconds.toFixed(0)} s`,
    ]),
  );
  const promises = summary.promises.map(({ what, broken, examples }) =>
    [
      broken === 0 ? `  kept    ${what}` : `  BROKEN  ${what} (${broken} times)`,
      ...examples.map((example) => `            ${example}`),
    ].join('\n'),
  );
  const vacuous =
    summary.calls === 0 ? ' (no call was made, so they were hardly tried: let it run longer)' : '';
  return `${totals}\n${tiers}\nPromises${vacuous}\n${promises.join('\n')}\n`;
}

/** @param colWidths - columns that are wrapped to these widths; without them a column is as wide as it must be. */
function table(head: string[], rows: (string | number)[][], colWidths: number[] = []): string {
  const drawn = new Table({ head, colWidths, wordWrap: true, style: { head: [], border: [] } });
  drawn.push(...rows);
  return drawn.toString();
}

function clock(durationMs: number): string {
  const total = Math.floor(durationMs / 1_000);
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
}

function seconds(durationMs: number | undefined): string {
  return durationMs === undefined ? '-' : `${(durationMs / 1_000).toFixed(2)} s`;
}

function milliseconds(durationMs: number | undefined): string {
  return durationMs === undefined ? '-' : `${durationMs.toFixed(0)} ms`;
}
