import Table from 'cli-table3';
import { plural } from '../../cli/format.ts';
import { formatSpan } from '../../lambda/domain/duration.ts';
import { formatTimeOfDay } from '../../sim/scenario/index.ts';
import { percentile } from '../../sim/statistics/index.ts';
import type { DemoSetup } from './demo-setup.ts';
import type { DemoProgress } from './run.ts';
import type { DemoSummary, NotJudged } from './summary.ts';
import type { TierFigures } from './tier-figures.ts';
import { timeOfDayAt } from './time-of-day.ts';

/** Says which part of which scenario runs, and how fast. */
export function formatStart(
  { scenario, window, isBusiest }: Pick<DemoSetup, 'scenario' | 'window' | 'isBusiest'>,
  { seed, speed }: { readonly seed: number; readonly speed: number },
): string {
  const [from, to] = [window.startsAt, window.endsAt].map((at) => formatTimeOfDay(timeOfDayAt(at, scenario)));
  const why = isBusiest
    ? ', when most contacts wait if there are no policies (--from chooses another time)'
    : '';
  return `Simulating ${scenario.name} from ${from} to ${to}${why}: ${speed} times real time, seed ${seed} ...\n`;
}

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
      `Service level (${summary.serviceLevelSeconds} s)`,
      'Median wait',
      'p95 wait',
    ],
    summary.tiers.flatMap(({ tier, escalated, baseline, ...live }) => [
      [tier, ...tierCells(live, escalated)],
      [WITHOUT, ...tierCells(baseline, 0)],
    ]),
  );
  const checks = summary.sloChecks.map(({ objective, violations, examples }) => {
    if (violations === 0) return `  met     ${objective}`;
    if (isTooSlow) return `  unclear ${objective} (${times(violations)} not, on a machine that is too slow)`;
    const missed = `  MISSED  ${objective} (${times(violations)})`;
    return [missed, ...examples.map((example) => `            ${example}`)].join('\n');
  });
  const caution = summary.calls === 0 ? ' (no update was made, so they prove little: run longer)' : '';
  return (
    `${totals}\n${tiers}\n${BASELINE_NOTE}\n\n` +
    `Objectives${caution}\n${checks.join('\n')}\n${formatNotJudged(summary.notJudged)}`
  );
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

/** The head of the rows of the baseline, each below its tier. */
const WITHOUT = '  without';

/** What the rows of the baseline are. */
const BASELINE_NOTE =
  'Without: the same customers, with the same patience and handling times, simulated without policies.';

function tierCells(figures: TierFigures, escalated: number): (string | number)[] {
  const { contacts, answered, abandoned, serviceLevel, waitMedianSeconds, waitP95Seconds } = figures;
  const seconds = (wait: number | undefined) => (wait === undefined ? '-' : `${wait.toFixed(0)} s`);
  return [
    contacts,
    escalated,
    answered,
    abandoned,
    serviceLevel === undefined ? '-' : `${(serviceLevel * 100).toFixed(0)} %`,
    seconds(waitMedianSeconds),
    seconds(waitP95Seconds),
  ];
}

/** What the objectives leave out, in a sentence; empty where they leave out nothing. */
function formatNotJudged({ heldBack, touched, edited, unseen }: NotJudged): string {
  const parts = [
    [heldBack, 'change', 'due while calls were paused'],
    [touched, 'contact', 'that somebody changed (signal, override, release or event)'],
    [edited, 'contact', 'that waited while the configuration was edited, to which the edit matters'],
    [unseen, 'contact', 'whose policies ask for loads or agents that only the system counts'],
  ] as const;
  const said = parts.flatMap(([count, noun, what]) =>
    count === 0 ? [] : [`${plural(count, noun)} ${what}`],
  );
  return said.length === 0 ? '' : `Not judged: ${said.join('; ')}.\n`;
}

function formatConditions({ conditions }: DemoSummary): string {
  const held = [...conditions].map(
    ([name, { times: count, heldMs }]) => `${name} held ${times(count)}, for ${formatSpan(heldMs / 1_000)}`,
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
