import { formatDuration } from '../../lambda/domain/duration.ts';
import { formatPath } from '../../lambda/domain/validation/problem.ts';
import type { Assessment } from '../../sim/recommend/assess.ts';
import type { Candidate } from '../../sim/recommend/candidate.ts';
import type { OthersCost, TierCost } from '../../sim/recommend/cost.ts';
import { isLeftOut, NEVER } from '../../sim/recommend/draft/draft.ts';
import type { StaffingAdvice } from '../../sim/recommend/staffing.ts';
import { formatTimeOfDay } from '../../sim/scenario/index.ts';
import type { Estimate } from '../../sim/simulation/index.ts';
import { formatEstimate, scaled } from '../simulate/estimate-words.ts';
import type { DraftSet, NamedChoice } from './draft-set.ts';

/** `gold: steps[0].after 30s, steps[0].set.priority 2`; `none` without policies. */
export function candidateWords({ point }: Candidate, { choices }: DraftSet): string {
  if (!point) return 'none';
  const byPolicy = Map.groupBy(
    choices.map((choice, index) => ({ ...choice, index: point[index] ?? 0 })),
    ({ policy }) => policy,
  );
  return [...byPolicy]
    .flatMap(([policy, ofPolicy]) => {
      const chosen = ofPolicy.map(({ index }) => index);
      const counting = ofPolicy.filter((choice) => !isLeftOut(choice, ofPolicy, chosen));
      return counting.length === 0 ? [] : [`${policy}: ${counting.map(choiceWords).join(', ')}`];
    })
    .join('; ');
}

function choiceWords({ path, values, index }: NamedChoice & { readonly index: number }): string {
  const value = values[index];
  return value === NEVER ? `without ${formatPath(path.slice(0, 2))}` : `${formatPath(path)} ${value}`;
}

/** `silver waits 3.2 s longer and abandons +0.4 points` */
function costWords({ tier, extraWaitSeconds, extraAbandoned }: TierCost): string {
  return `${tier} waits ${longer(extraWaitSeconds.value)} and abandons ${points(extraAbandoned.value)}`;
}

/** The costs of all other tiers, in one sentence. */
export function costsWords({ tierCosts }: Pick<Assessment, 'tierCosts'>): string {
  return `${tierCosts.map(costWords).join('; ')}.`;
}

/** `The other tiers together wait 2.0 s longer and abandon +0.5 points.` */
export function othersWords({ othersCost: { extraWaitSeconds, extraAbandoned } }: Assessment): string {
  return `The other tiers together wait ${longer(extraWaitSeconds.value)} and abandon ${points(extraAbandoned.value)}.`;
}

/** `8.2 ± 1.0 s shorter` and `-0.3 ± 0.1 points`: what the other tiers have with one set instead of another. */
export function withBestWords({ extraWaitSeconds: wait, extraAbandoned }: OthersCost): string {
  const [size, direction] = wait.value < 0 ? [negative(wait), 'shorter'] : [wait, 'longer'];
  const change = formatEstimate(scaled(extraAbandoned, 100), 'points');
  return `${formatEstimate(size, 's')} ${direction} and abandon ${extraAbandoned.value < 0 ? '' : '+'}${change}`;
}

function negative({ value, low, high }: Estimate): Estimate {
  return { value: -value, low: -high, high: -low };
}

function longer(wait: number): string {
  return wait < 0 ? `${seconds(-wait)} shorter` : `${seconds(wait)} longer`;
}

/** `Two more agents like those of morning from 10:00 to 12:00 would be enough, with the best of these policies.` */
export function staffingWords({ agents, group, hours, reaches }: StaffingAdvice): string {
  const many = `${NUMBERS[agents - 1] ?? agents} more ${agents === 1 ? 'agent' : 'agents'} like those of ${group}`;
  if (!reaches) return `Not even ${lowerFirst(many)} would be enough.`;
  const when = hours
    ? `from ${formatTimeOfDay(hours.fromMs)} to ${formatTimeOfDay(hours.toMs % DAY_MS)}`
    : 'at all times';
  return `${many} ${when} would be enough, with the best of these policies.`;
}

/** The name of the group stays as it is. */
function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

const DAY_MS = 24 * 3_600_000;

const NUMBERS = [
  'One',
  'Two',
  'Three',
  'Four',
  'Five',
  'Six',
  'Seven',
  'Eight',
  'Nine',
  'Ten',
  'Eleven',
  'Twelve',
];

/** `3.2 s`, or `2m10s` from a minute on. */
export function seconds(value: number): string {
  return value >= 60 ? formatDuration(Math.round(value)) : `${value.toFixed(1)} s`;
}

/** `+0.4 points` */
export function points(share: number): string {
  const value = (share * 100).toFixed(1);
  return `${value.startsWith('-') ? '' : '+'}${value} points`;
}
