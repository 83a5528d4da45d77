import type { SimulatedSetResult, SimulationResult } from '../../simulation/result.ts';
import { type Difference, difference } from '../difference.ts';
import { formatInterval, formatShare, formatWait, POINTS } from '../format.ts';
import { type Finding, NO_DIFFERENCE, type Tone } from './finding.ts';

const TONES: Readonly<Record<Difference, readonly [Tone, assessment: string]>> = {
  rose: ['good', 'better'],
  fell: ['bad', 'worse'],
  unclear: ['unclear', 'no clear difference'],
  none: ['unclear', 'no difference'],
  'one-run': ['unclear', 'may be luck'],
};

/** The tier whose contact's story is told, as that is one of the most urgent tier; else the first of the scenario. */
export function mostUrgentTier({ sets }: SimulationResult): string | undefined {
  const told = sets.find(({ timeline: contact }) => contact !== undefined)?.timeline?.tier;
  return told ?? sets[0]?.tiers[0]?.tier;
}

/** What a set does for the most urgent tier: by the service level, and where that shows nothing, by the mean wait. */
export function mostUrgentFinding(set: SimulatedSetResult, result: SimulationResult): Finding {
  const name = mostUrgentTier(result);
  const after = set.tiers.find(({ tier }) => tier === name);
  const before = result.sets
    .find(({ name }) => name === result.baseline)
    ?.tiers.find(({ tier }) => tier === name);
  const within = formatWait(result.scenario.serviceLevelSeconds);
  const label = name === undefined ? 'Most urgent tier' : `${name} answered within ${within}`;
  if (!after?.change || !before || after.contacts === 0) {
    return {
      sentence: `No contact of the most urgent tier came, so nothing can be said of it.`,
      figure: { label, value: 'no contacts', detail: '', assessment: 'nothing to say', tone: 'unclear' },
    };
  }
  const { serviceLevel, meanWaitSeconds } = after.change;
  const level = difference(serviceLevel, result.runs);
  const [tone, assessment] = TONES[level];
  const [was, is] = [formatShare(before.serviceLevel.value), formatShare(after.serviceLevel.value)];
  const figure = {
    label,
    value: `${was} → ${is}`,
    detail: `${POINTS.value(serviceLevel.value)} (${formatInterval(serviceLevel, POINTS, result.runs)})`,
    assessment,
    tone,
  };
  const answered = `of ${name} are answered within ${within}: ${is} instead of ${was}`;
  switch (level) {
    case 'rose':
      return { sentence: `More ${answered}.`, figure };
    case 'fell':
      return { sentence: `Fewer ${answered}.`, figure };
    case 'one-run': {
      const more = serviceLevel.value > 0 ? 'More' : 'Fewer';
      return { sentence: `${more} ${answered}, in one run.`, figure };
    }
  }
  const same = level === 'none' ? 'no difference' : NO_DIFFERENCE;
  const waiting = difference(meanWaitSeconds, result.runs);
  if (waiting !== 'rose' && waiting !== 'fell') return { sentence: `For ${name} there is ${same}.`, figure };
  const change = `${formatWait(Math.abs(meanWaitSeconds.value))} ${waiting === 'rose' ? 'longer' : 'less'}`;
  return {
    sentence: `On average ${name} waits ${change}, but in how many are answered within ${within} there is ${same}.`,
    figure,
  };
}
