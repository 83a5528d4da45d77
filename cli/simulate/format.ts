import Table from 'cli-table3';
import { verdictOf } from '../../sim/report/verdict.ts';
import type { SimulatedSetResult, SimulationResult, TierResult } from '../../sim/simulation/index.ts';
import { plural } from '../format.ts';
import { formatEstimate, formatPercent, scaled } from './estimate-words.ts';
import { formatGoals } from './format-goals.ts';

const COLUMNS = [
  'tier',
  'contacts',
  'service level',
  'abandoned',
  'mean wait',
  'p90 wait',
  'max wait',
  'escalated',
];

/** Formats a result as text: the goals, a table for each set, its calls, and the verdict. */
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
    ...sets.map((set) => `\n${formatSet(set, baseline)}`),
    '',
    ...verdictLines(result),
    '',
  ].join('\n');
}

/** The verdict of the report, as text. */
function verdictLines(result: SimulationResult): string[] {
  const { sets, starvation, noStarvation, remarks } = verdictOf(result);
  return [
    ...sets.flatMap(({ set, idle, findings, warnings }) => [
      `Verdict on ${set}, compared with ${result.baseline}:`,
      ...[idle ?? [], findings.map(({ sentence }) => sentence), warnings].flat().map((line) => `  ${line}`),
    ]),
    ...starvation,
    ...(noStarvation === undefined ? [] : [noStarvation]),
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
  const policies = count === 0 ? 'no policies' : plural(count, 'policy', 'policies');
  const role = set.name === baseline ? ', the baseline' : '';
  return `${set.name} (${policies}${role})\n${table.toString()}${formatCalls(set)}${formatTargets(set)}${formatConditions(set)}`;
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
