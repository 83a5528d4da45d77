import Table from 'cli-table3';
import { formatSpan } from '../../lambda/domain/duration.ts';
import { percentile } from '../../sim/statistics/index.ts';
import type { DemoProgress } from './run.ts';
import { type DemoSummary, SERVICE_LEVEL_SECONDS } from './summary.ts';

/** Formats the progress as one line: `04:30 of 10:00 | …`. */
export function formatProgress(progress: DemoProgress): string {
  const { elapsedMs, durationMs, arrived, waiting, busyAgents, calls, throttled } = progress;
  return (
    `${formatClock(elapsedMs)} of ${formatClock(durationMs)} | arrived ${arrived} | waiting ${waiting} | ` +
    `with agents ${busyAgents} | updates ${calls} | throttled ${throttled}`
  );
}

/**
 * Formats the tables and the objectives at the end of the demo.
 *
 * @param latenciesMs - real milliseconds from a contact event to the update, of the latency probe.
 * @param realDurationMs - the real duration of the demo.
 * @param isTooSlow - whether the slowness of the machine alone explains each objective that was missed.
 */
export function formatSummary(
  summary: DemoSummary,
  latenciesMs: readonly number[],
  realDurationMs: number,
  isTooSlow = false,
): string {
  const byPolicy = [...summary.byPolicy].map(([policy, count]) => `${policy} ${count}`);
  const [latencyMedian, latencyP95] = [0.5, 0.95].map((share) =>
    formatMilliseconds(percentile(latenciesMs, share)),
  );
  const totals = renderTable(
    [],
    [
      [
        'Contacts',
        `${summary.contacts}: ${summary.answered} answered, ${summary.abandoned} abandoned, ` +
          `${summary.waiting} waiting at the end`,
      ],
      ['Changes applied', [String(summary.changesApplied), ...byPolicy].join(', ')],
      [
        'Changes not applied',
        `${summary.departedFirst} whose contact left within 5 s, ${summary.superseded} superseded within 5 s`,
      ],
      [
        'Updates',
        `${summary.calls}, at most ${summary.maxCallsPerSecond} per second, ` +
          `${summary.throttled} throttled, ${summary.callsToDeparted} for contacts that had just left`,
      ],
      ['Conditions', formatConditions(summary)],
      ['DescribeContact calls', `${summary.describeCalls}, ${summary.describeThrottled} throttled`],
      [
        'Lateness',
        `median ${formatSeconds(summary.latenessMedianMs)}, p95 ${formatSeconds(summary.latenessP95Ms)} ` +
          '(simulated time)',
      ],
      ['Event to update', `median ${latencyMedian}, p95 ${latencyP95} (real time, no other contact waiting)`],
      ['Real duration', `${(realDurationMs / 1_000).toFixed(1)} s`],
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
      `Service level (${SERVICE_LEVEL_SECONDS} s)`,
      'Median wait',
      'p95 wait',
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
  const checks = summary.sloChecks.map(({ objective, violations, examples }) => {
    if (violations === 0) return `  met     ${objective}`;
    if (isTooSlow) return `  unclear ${objective} (${violations} times not, on a machine that is too slow)`;
    const missed = `  MISSED  ${objective} (${violations} times)`;
    return [missed, ...examples.map((example) => `            ${example}`)].join('\n');
  });
  const caution = summary.calls === 0 ? ' (no update was made, so they prove little: run longer)' : '';
  return `${totals}\n${tiers}\nObjectives${caution}\n${checks.join('\n')}\n`;
}

function formatConditions({ conditions }: DemoSummary): string {
  const held = [...conditions].map(
    ([name, { times, heldMs }]) =>
      `${name} held ${times === 1 ? 'once' : `${times} times`}, for ${formatSpan(heldMs / 1_000)}`,
  );
  return held.join(', ') || 'none held';
}

/** @param colWidths - the widths to which the columns wrap. Default: columns do not wrap. */
function renderTable(head: string[], rows: (string | number)[][], colWidths: number[] = []): string {
  const table = new Table({ head, colWidths, wordWrap: true, style: { head: [], border: [] } });
  table.push(...rows);
  return table.toString();
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
