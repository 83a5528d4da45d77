import Table from 'cli-table3';
import { verdictOf } from '../../sim/report/verdict.ts';
import type {
  Estimate,
  SimulatedSetResult,
  SimulationResult,
  TierResult,
} from '../../sim/simulation/index.ts';

const COLUMNS = ['tier', 'contacts', 'in time', 'hung up', 'mean wait', '9 of 10', 'longest', 'escalated'];

/** Distances to the ends of an interval that differ by less are the same. */
const ROUNDING = 1e-6;

/** The result for people: a table for each set, its calls, and the verdict. */
export function formatResult(result: SimulationResult): string {
  const { scenario, seed, runs, confidence, baseline, sets } = result;
  const { name, hours, agents, serviceLevelSeconds } = scenario;
  return [
    `${name}: ${hours} h, ${agents} agents, ${runs} ${runs === 1 ? 'run' : 'runs'} (seed ${seed}). In time is within ${serviceLevelSeconds} s.`,
    ...(runs > 1
      ? [
          `Behind +- is half of the ${confidence * 100} % confidence interval; one that ends at 0 or 100 % stands in brackets.`,
        ]
      : []),
    ...sets.map((set) => `\n${formatSet(set, baseline)}`),
    '',
    ...verdictLines(result),
    '',
  ].join('\n');
}

/** What the report says, as text. */
function verdictLines(result: SimulationResult): string[] {
  const { sets, starvation, noStarvation: calm, remarks } = verdictOf(result);
  return [
    ...sets.flatMap(({ set, idle, findings: answers, warnings }) => [
      `Verdict on ${set}, against ${result.baseline}:`,
      ...[...(idle === undefined ? [] : [idle]), ...answers.map(({ sentence }) => sentence), ...warnings].map(
        (sentence) => `  ${sentence}`,
      ),
    ]),
    ...starvation,
    ...(calm === undefined ? [] : [calm]),
    ...remarks,
  ].map((line) => line.replaceAll('\u00a0', ' '));
}

function formatSet(set: SimulatedSetResult, baseline: string): string {
  const table = new Table({
    head: COLUMNS,
    style: { head: [], border: [] },
    colAligns: ['left', ...COLUMNS.slice(1).map(() => 'right' as const)],
  });
  for (const tier of set.tiers) table.push(formatRow(tier));
  const count = set.policies.length;
  const what = count === 0 ? 'no policies' : `${count} ${count === 1 ? 'policy' : 'policies'}`;
  const role = set.name === baseline ? ', the baseline' : '';
  return `${set.name} (${what}${role})\n${table.toString()}${formatCalls(set)}`;
}

function formatRow(tier: TierResult): string[] {
  return [
    tier.tier,
    String(tier.contacts),
    formatPercent(tier.serviceLevel),
    formatPercent(tier.abandoned),
    formatEstimate(tier.meanWaitSeconds, 's'),
    `${tier.p90WaitSeconds.toFixed(0)} s`,
    `${tier.maxWaitSeconds.toFixed(0)} s`,
    formatPercent(tier.escalated),
  ];
}

function formatCalls({ calls, policies }: SimulatedSetResult): string {
  if (policies.length === 0) return '';
  const { median, p99 } = calls.latenessSeconds;
  return (
    `\nCalls in a run: ${formatEstimate(calls.made)}, at most ${calls.peakPerSecond} in a second; ` +
    `${median.toFixed(1)} s late (median), ${p99.toFixed(1)} s (99th percentile); ${formatEstimate(calls.superseded)} overtaken.`
  );
}

function formatPercent({ value, low, high }: Estimate): string {
  return formatEstimate({ value: value * 100, low: low * 100, high: high * 100 }, '%');
}

/** `61 +- 3 s`, with a decimal where the figure is small; `1.1 (0.0 to 4.6) %` where a limit cuts the interval. */
function formatEstimate({ value, low, high }: Estimate, unit?: string): string {
  const digits = Math.abs(value) < 10 ? 1 : 0;
  const behind = unit === undefined ? '' : ` ${unit}`;
  const [below, above] = [value - low, high - value];
  if (Math.abs(below - above) > ROUNDING) {
    const ends = [low, high].map((end) => end.toFixed(Math.abs(end) < 10 ? 1 : 0));
    return `${value.toFixed(digits)} (${ends.join(' to ')})${behind}`;
  }
  const around = above > 0 ? ` +- ${above.toFixed(above < 10 ? 1 : digits)}` : '';
  return `${value.toFixed(digits)}${around}${behind}`;
}
