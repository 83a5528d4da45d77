import Table from 'cli-table3';
import { percentile } from '../../sim/statistics/index.ts';
import type { DemoProgress } from './run.ts';
import { type DemoSummary, SERVICE_LEVEL_SECONDS } from './summary.ts';

/** A line of progress: `04:30 of 10:00 | …`. */
export function formatProgress(progress: DemoProgress): string {
  const { elapsedMs, durationMs, arrived, waiting, busyAgents, calls, throttled } = progress;
  return (
    `${formatClock(elapsedMs)} of ${formatClock(durationMs)} | arrived ${arrived} | waiting ${waiting} | ` +
    `with agents ${busyAgents} | routing calls ${calls} | throttled ${throttled}`
  );
}

/** The tables at the end of a run. */
export function formatSummary(summary: DemoSummary, probeMs: readonly number[], tookMs: number): string {
  const totals = renderTable(
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
        `${summary.departedFirst} left within 5 s, ${summary.superseded} superseded by a later change`,
      ],
      [
        'Routing calls',
        `${summary.calls}, at most ${summary.maxCallsPerSecond} in a second, ${summary.throttled} throttled, ${summary.callsToDeparted} for contacts that had just left`,
      ],
      ['DescribeContact calls', `${summary.describeCalls}, ${summary.describeThrottled} throttled`],
      [
        'Lateness of changes',
        `median ${formatSeconds(summary.latenessMedianMs)}, 95th percentile ${formatSeconds(summary.latenessP95Ms)} (simulated time)`,
      ],
      [
        'Event to routing call',
        `median ${formatMilliseconds(percentile(probeMs, 0.5))}, 95th percentile ${formatMilliseconds(percentile(probeMs, 0.95))} (real time, nothing waiting)`,
      ],
      ['Real time taken', `${(tookMs / 1_000).toFixed(1)} s`],
    ],
    [24, 74],
  );
  const tiers = renderTable(
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
  const checks = summary.sloChecks.map(({ objective, violations, examples }) =>
    [
      violations === 0 ? `  met     ${objective}` : `  MISSED  ${objective} (${violations} times)`,
      ...examples.map((example) => `            ${example}`),
    ].join('\n'),
  );
  const vacuous =
    summary.calls === 0 ? ' (no call was made, so they were hardly tried: let it run longer)' : '';
  return `${totals}\n${tiers}\nObjectives${vacuous}\n${checks.join('\n')}\n`;
}

/** @param colWidths - columns that are wrapped to these widths; without them a column is as wide as it must be. */
function renderTable(head: string[], rows: (string | number)[][], colWidths: number[] = []): string {
  const drawn = new Table({ head, colWidths, wordWrap: true, style: { head: [], border: [] } });
  drawn.push(...rows);
  return drawn.toString();
}

function formatClock(durationMs: number): string {
  const total = Math.floor(durationMs / 1_000);
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
}

function formatSeconds(durationMs: number | undefined): string {
  return durationMs === undefined ? '-' : `${(durationMs / 1_000).toFixed(2)} s`;
}

function formatMilliseconds(durationMs: number | undefined): string {
  return durationMs === undefined ? '-' : `${durationMs.toFixed(0)} ms`;
}
