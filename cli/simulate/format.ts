import Table from 'cli-table3';
import { verdictOf } from '../../sim/report/verdict.ts';
import type { SimulatedSetResult, SimulationResult, TierResult } from '../../sim/simulation/index.ts';
import { plural } from '../format.ts';
import { formatEstimate, formatPercent, scaled } from './estimate-words.ts';
import { formatGoals } from './format-goals.ts';

/** Each column has one unit, which its head says. */
const COLUMNS = [
  'tier',
  'set',
  'contacts',
  'service level, %',
  'abandoned, %',
  'mean wait, s',
  'p90 wait, s',
  'longest wait, s',
  'escalated, %',
];

/** Formats a result as text: the goals, a table with a row for each tier and set, the calls of each set, and the verdict. */
export function formatResult(result: SimulationResult): string {
  const { scenario, seed, runs, confidence, baseline, sets } = result;
  const { name, hours, agents, serviceLevelSeconds } = scenario;
  return [
    `${name}: ${hours} h, ${agents} agents, ${plural(runs, 'run')} (seed ${seed}). ` +
      `Service level: answered within ${serviceLevelSeconds} s.`,
    ...(runs > 1
      ? [
          `± is half of the ${confidence * 100} % confidence interval. ` +
            'An interval that ends at 0 or 100 % is in brackets.',
        ]
      : []),
    ...formatGoals(result),
    '',
    ...(runs > 1 ? ['The longest wait is that of a run, on average.'] : []),
    formatTiers(result),
    ...sets.map((set) => formatSet(set, baseline)),
    '',
    ...verdictLines(result),
    '',
  ].join('\n');
}

/** The verdict of the report, as text. */
function verdictLines(result: SimulationResult): string[] {
  const { sets, starvation, noStarvation, remarks } = verdictOf(result);
  return [
    ...sets.flatMap(({ set, idle, findings, figures, warnings, gains, comparisons }) => [
      `Verdict on ${set}, compared with ${result.baseline}:`,
      ...[
        idle ?? [],
        findings.map(({ sentence }) => sentence),
        figures.map(({ label, value, detail }) => `${label}: ${value}, ${detail}.`),
        warnings,
        gains,
        comparisons,
      ]
        .flat()
        .map((line) => `  ${line}`),
    ]),
    ...starvation,
    ...(noStarvation === undefined ? [] : [noStarvation]),
    ...remarks,
  ].map((line) => line.replaceAll('\u00a0', ' '));
}

/** The sets of each tier one below the other, so that they can be compared. */
function formatTiers({ sets }: SimulationResult): string {
  const table = new Table({
    head: COLUMNS,
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'left', ...COLUMNS.slice(2).map(() => 'right' as const)],
  });
  for (const { tier } of sets[0]?.tiers ?? []) {
    for (const [index, set] of sets.entries()) {
      const found = set.tiers.find((one) => one.tier === tier);
      if (found) table.push([index === 0 ? tier : '', set.name, ...formatRow(found)]);
    }
  }
  return table.toString();
}

function formatSet(set: SimulatedSetResult, baseline: string): string {
  const count = set.policies.length;
  const policies = count === 0 ? 'no policies' : plural(count, 'policy', 'policies');
  const role = set.name === baseline ? ', the baseline' : '';
  return `${set.name} (${policies}${role})${formatCalls(set)}${formatTargets(set)}${formatConditions(set)}`;
}

function formatRow(tier: TierResult): string[] {
  return [
    String(tier.contacts),
    formatEstimate(scaled(tier.serviceLevel, 100)),
    formatEstimate(scaled(tier.abandoned, 100)),
    formatEstimate(tier.meanWaitSeconds),
    tier.p90WaitSeconds.toFixed(0),
    tier.maxWaitSeconds.toFixed(0),
    formatEstimate(scaled(tier.escalated, 100)),
  ];
}

function formatCalls({ calls, policies }: SimulatedSetResult): string {
  if (policies.length === 0) return '';
  const { median, p99 } = calls.latenessSeconds;
  return (
    `\nCalls per run: ${formatEstimate(calls.made)}, at most ${calls.peakPerSecond} in a second; ` +
    `lateness ${median.toFixed(1)} s (median), ${p99.toFixed(1)} s (p99); ` +
    `superseded: ${formatEstimate(calls.superseded)}.`
  );
}

function formatTargets({ targets = [] }: SimulatedSetResult): string {
  return targets
    .map(({ policy, contacts, inTime }) => {
      const share = contacts === 0 ? 'no contact was governed' : `${formatPercent(inTime)} of ${contacts}`;
      return `\nAnswered within the target of ${policy}: ${share}.`;
    })
    .join('');
}

function formatConditions({ conditions = [] }: SimulatedSetResult): string {
  return conditions
    .map(({ name, begun, heldSeconds }) => {
      const minutes = scaled(heldSeconds, 1 / 60);
      return `\nCondition ${name} per run: begins ${formatEstimate(begun)} times, holds for ${formatEstimate(minutes, 'min')}.`;
    })
    .join('');
}
