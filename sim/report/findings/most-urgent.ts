import type { SimulatedSetResult, SimulationResult } from '../../simulation/result.ts';
import { type Difference, difference } from '../difference.ts';
import { formatInterval, formatShare, formatWait, POINTS } from '../format.ts';
import type { Finding, Tone } from './finding.ts';

const TONES: Readonly<Record<Difference, readonly [Tone, assessment: string]>> = {
  rose: ['good', 'better'],
  fell: ['bad', 'worse'],
  unclear: ['unclear', 'no clear difference'],
  none: ['unclear', 'no difference'],
  'one-run': ['unclear', 'may be chance'],
};

/** The most urgent tier: that of the timeline, or else the first one of the scenario. */
export function mostUrgentTier({ sets }: SimulationResult): string | undefined {
  const withTimeline = sets.find(({ timeline }) => timeline !== undefined);
  return withTimeline?.timeline?.tier ?? sets[0]?.tiers[0]?.tier;
}

/** The effect on the most urgent tier: on its service level, or else on its mean wait. */
export function mostUrgentFinding(set: SimulatedSetResult, result: SimulationResult): Finding {
  const name = mostUrgentTier(result);
  const after = set.tiers.find(({ tier }) => tier === name);
  const before = result.sets
    .find(({ name }) => name === result.baseline)
    ?.tiers.find(({ tier }) => tier === name);
  const within = formatWait(result.scenario.serviceLevelSeconds);
  const label = name === undefined ? 'Most urgent tier' : `Service level of ${name} (${within})`;
  if (!after?.change || !before || after.contacts === 0) {
    return {
      sentence: 'The most urgent tier had no contacts.',
      figure: { label, value: 'no contacts', detail: '', assessment: 'no result', tone: 'unclear' },
    };
  }
  const { serviceLevel, meanWaitSeconds } = after.change;
  const level = difference(serviceLevel, result.runs);
  const [tone, assessment] = TONES[level];
  const [valueBefore, valueAfter] = [
    formatShare(before.serviceLevel.value),
    formatShare(after.serviceLevel.value),
  ];
  const figure = {
    label,
    value: `${valueBefore} → ${valueAfter}`,
    detail: `${POINTS.value(serviceLevel.value)} (${formatInterval(serviceLevel, POINTS, result.runs)})`,
    assessment,
    tone,
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
