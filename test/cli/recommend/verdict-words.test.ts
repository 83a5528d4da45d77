import { describe, expect, test } from '@jest/globals';
import { verdictSentences } from '../../../cli/recommend/verdict-words.ts';
import { createPolicySet } from '../../../lambda/domain/policy/policy-set.ts';
import { DEFAULT_SETTINGS } from '../../../lambda/domain/settings.ts';
import type { Finalist } from '../../../sim/recommend/finals.ts';
import type { GoalResult } from '../../../sim/simulation/result.ts';

const ZERO = { value: 0, low: 0, high: 0 };

const goal = (more: Partial<GoalResult>): GoalResult => ({
  tier: 'gold',
  goal: '90 % within 60s',
  figure: 'answered',
  isChange: false,
  limit: 0.9,
  contacts: 500,
  found: { value: 0.8, low: 0.78, high: 0.82 },
  verdict: 'missed',
  ...more,
});
const UNCLEAR = goal({ verdict: 'unclear', found: { value: 0.91, low: 0.89, high: 0.93 } });
const SALES = goal({
  tier: 'sales',
  goal: 'mean 10s at most',
  figure: 'mean',
  limit: 10,
  found: { value: 42, low: 40, high: 44 },
});
const MET = goal({ verdict: 'met', found: { value: 0.95, low: 0.94, high: 0.96 } });

function unreachable(...goals: GoalResult[]): string[] {
  const best: Finalist = {
    candidate: {
      id: 'none',
      set: { policies: createPolicySet([]), settings: DEFAULT_SETTINGS, conditions: [] },
    },
    runs: 8,
    goals,
    shortfall: 1,
    cost: 0,
    costByRun: [],
    tierCosts: [],
    othersCost: { extraWaitSeconds: ZERO, extraAbandoned: ZERO },
    calls: 0,
    steps: 0,
    meetsGoals: false,
    starvation: [],
  };
  return verdictSentences(
    {
      outcome: 'unreachable',
      best,
      candidates: 2,
      runs: 16,
      finalRuns: 8,
      searched: [],
      front: [],
      alternatives: {},
    },
    () => 'none',
  ).slice(0, -1);
}

describe('what is said of a goal that is not met', () => {
  test.each<{ name: string; goals: GoalResult[]; expected: string[] }>([
    {
      name: 'that none reaches it, where the whole interval misses the limit',
      goals: [goal({})],
      expected: ['No policy of this draft reaches 90 % within 60s for gold: the best gets 80 ± 2.0 %.'],
    },
    {
      name: 'that it is unclear, where the limit lies within the interval',
      goals: [UNCLEAR],
      expected: [
        'It is unclear whether a policy of this draft reaches 90 % within 60s for gold: the nearest gets 91 ± 2.0 %, and the limit lies within that interval. A larger --budget narrows it.',
      ],
    },
    {
      name: 'that none reaches all, where there are several goals and each may be in reach by itself',
      goals: [MET, SALES],
      expected: [
        'No policy of this draft reaches all goals: with the nearest, sales gets 42 ± 2.0 s, not mean 10s at most.',
      ],
    },
    {
      name: 'both, where one is missed and another unclear',
      goals: [goal({}), { ...UNCLEAR, tier: 'silver' }, SALES],
      expected: [
        'No policy of this draft reaches all goals: with the nearest, gold gets 80 ± 2.0 %, not 90 % within 60s; sales gets 42 ± 2.0 s, not mean 10s at most.',
        'It is unclear whether a policy of this draft reaches 90 % within 60s for silver: the nearest gets 91 ± 2.0 %, and the limit lies within that interval. A larger --budget narrows it.',
      ],
    },
    {
      name: 'that nothing can be said, where the tier has no contacts',
      goals: [goal({ verdict: 'unclear', contacts: 0, found: { value: 0, low: 0, high: 0 } })],
      expected: ['Whether 90 % within 60s is reached for gold cannot be said: it has no contacts.'],
    },
  ])('$name', ({ goals, expected }) => {
    expect(unreachable(...goals)).toStrictEqual(expected);
  });
});
