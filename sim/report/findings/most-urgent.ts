import type {
  SimulatedSetResult,
  SimulationResult,
  TierChange,
  TierResult,
} from '../../simulation/result.ts';
import { difference } from '../difference.ts';
import { formatChange, formatShare, formatWait, POINTS } from '../format.ts';
import { assessChange } from './assess-change.ts';
import type { Finding } from './finding.ts';

/** The most urgent tier: that of the timeline, or else the first one of the scenario. */
export function mostUrgentTier({ sets }: SimulationResult): string | undefined {
  const withTimeline = sets.find(({ timeline }) => timeline !== undefined);
  return withTimeline?.timeline?.tier ?? sets[0]?.tiers[0]?.tier;
}

/** The most urgent tier under the baseline and under a set; undefined where it had no contacts. */
export function mostUrgentChange(
  set: SimulatedSetResult,
  result: SimulationResult,
): { readonly before: TierResult; readonly after: TierResult; readonly change: TierChange } | undefined {
  const name = mostUrgentTier(result);
  const of = (one: SimulatedSetResult | undefined) => one?.tiers.find(({ tier }) => tier === name);
  const before = of(result.sets.find((one) => one.name === result.baseline));
  const after = of(set);
  if (!before || !after?.change || after.contacts === 0) return undefined;
  return { before, after, change: after.change };
}

/** The effect on the most urgent tier: on its service level, or else on its mean wait. */
export function mostUrgentFinding(set: SimulatedSetResult, result: SimulationResult): Finding {
  const name = mostUrgentTier(result);
  const urgent = mostUrgentChange(set, result);
  const within = formatWait(result.scenario.serviceLevelSeconds);
  const label = name === undefined ? 'Most urgent tier' : `Service level of ${name} (${within})`;
  if (!urgent) {
    return {
      sentence: 'The most urgent tier had no contacts.',
      figure: { label, value: 'no contacts', detail: '', assessment: 'no result', tone: 'unclear' },
    };
  }
  const { before, after, change: changes } = urgent;
  const { serviceLevel, meanWaitSeconds } = changes;
  const level = difference(serviceLevel, result.runs);
  const [valueBefore, valueAfter] = [
    formatShare(before.serviceLevel.value),
    formatShare(after.serviceLevel.value),
  ];
  const figure = {
    label,
    value: `${valueBefore} → ${valueAfter}`,
    detail: formatChange(serviceLevel, POINTS, result.runs),
    ...assessChange(serviceLevel, result.runs, 'rose'),
  };
  const change = `from ${valueBefore} to ${valueAfter}`;
  switch (level) {
    case 'rose':
      return { sentence: `The service level of ${name} rises ${change}.`, figure };
    case 'fell':
      return { sentence: `The service level of ${name} falls ${change}.`, figure };
    case 'one-run': {
      const verb = serviceLevel.value > 0 ? 'rises' : 'falls';
      return { sentence: `In one run, the service level of ${name} ${verb} ${change}.`, figure };
    }
  }
  const unchanged = level === 'none' ? 'There is no difference' : 'These runs show no difference';
  const wait = difference(meanWaitSeconds, result.runs);
  if (wait !== 'rose' && wait !== 'fell') return { sentence: `${unchanged} for ${name}.`, figure };
  const waitChange = `${wait === 'rose' ? 'rises' : 'falls'} by ${formatWait(Math.abs(meanWaitSeconds.value))}`;
  return {
    sentence: `The mean wait of ${name} ${waitChange}. ${unchanged} in its service level.`,
    figure,
  };
}
