import { createPolicySet } from '../../../lambda/domain/policy/policy-set.ts';
import { DEFAULT_SETTINGS } from '../../../lambda/domain/settings.ts';
import type { Assessment } from '../../../sim/recommend/assess.ts';
import { type Candidate, NONE } from '../../../sim/recommend/candidate.ts';
import type { Finalist } from '../../../sim/recommend/finals.ts';
import { type FrontPoint, frontPoint } from '../../../sim/recommend/front.ts';
import type { Recommendation } from '../../../sim/recommend/recommendation.ts';
import type { RecommendationTexts } from '../../../sim/report/recommendation/texts.ts';
import { about, MARKUP } from './fixture.ts';

const set = { policies: createPolicySet([]), settings: DEFAULT_SETTINGS, conditions: [] };

/** A set in which gold gets a share within the time, and silver and bronze pay in seconds of waiting. */
function assessed(candidate: Candidate, gold: number, silver: number, bronze: number): Assessment {
  const cost = (tier: string, seconds: number) => ({
    tier,
    extraWaitSeconds: about(seconds, seconds === 0 ? 0 : 2),
    extraAbandoned: about(seconds / 1_000, seconds === 0 ? 0 : 0.002),
    seconds: seconds * 1.3,
  });
  return {
    candidate,
    runs: 16,
    goals: [
      {
        tier: 'gold',
        goal: '90 % within 60s',
        figure: 'answered',
        isChange: false,
        limit: 0.9,
        contacts: 3_000,
        found: about(gold, 0.01),
        verdict: gold >= 0.91 ? 'met' : gold >= 0.89 ? 'unclear' : 'missed',
      },
    ],
    shortfall: Math.max(0, 0.9 - gold) * 100,
    cost: (silver + bronze) / 2,
    costByRun: [],
    tierCosts: [cost('silver', silver), cost('bronze', bronze)],
    othersCost: {
      extraWaitSeconds: about((silver + bronze) / 2, silver === 0 ? 0 : 1),
      extraAbandoned: about((silver + bronze) / 2_000, silver === 0 ? 0 : 0.001),
    },
    calls: candidate.point ? 800 : 0,
    steps: candidate.point ? 2 : 0,
  };
}

const candidate = (...point: number[]): Candidate => ({ id: point.join('-'), point, set });

export const ASSESSMENTS = {
  none: assessed({ id: NONE, set }, 0.7, 0, 0),
  draft: assessed(candidate(0, 0), 0.96, 20, 60),
  best: assessed(candidate(1, 2), 0.92, 12, 20),
  more: assessed(candidate(1, 1), 0.94, 14, 35),
  less: assessed(candidate(2, 2), 0.88, 4, 10),
} as const;

function finalist(assessment: Assessment): Finalist {
  return { ...assessment, runs: 28, meetsGoals: true, starvation: [] };
}

const point = (assessment: Assessment) => frontPoint(assessment) as FrontPoint;

/** A set is recommended; the draft gives gold more at a higher cost. */
export function recommendation(more: Partial<Recommendation> = {}): Recommendation {
  const { none, draft, best, more: service, less } = ASSESSMENTS;
  const goals = best.goals;
  return {
    outcome: 'recommended',
    best: finalist(best),
    candidates: 51,
    runs: 1_608,
    finalRuns: 28,
    searched: [best, service, less, draft, none],
    front: [none, less, best, service, draft].map(point),
    alternatives: { more: point(service), less: point(less) },
    exchange: { tier: 'gold', payer: 'bronze', seconds: 7.5 },
    stress: [
      { variant: '10 % more contacts', goals, holds: true },
      { variant: '10 % fewer agents', goals, holds: true },
    ],
    beside: [
      {
        name: 'in-force',
        assessment: finalist(assessed({ id: 'beside in-force', set }, 0.92, 30, 30)),
        withBest: { extraWaitSeconds: about(-14, 2), extraAbandoned: about(-0.014, 0.002) },
      },
    ],
    ...more,
  };
}

export const TEXTS: RecommendationTexts = {
  scenario: 'Monday morning',
  seed: 42,
  sentences: ['Recommended: gold (at 30s priority 2).'],
  policiesOf: ({ point: values }) =>
    values ? [{ name: 'gold', steps: [`at ${values[0]}s priority 2`, 'by 3m priority 1'] }] : [],
  values: [
    { policy: 'gold', place: 'steps[0].after', draft: '0s', chosen: '30s' },
    { policy: 'gold', place: 'steps[0].set.priority', draft: '1', chosen: '1' },
    { policy: 'gold', place: 'steps[1].by', draft: '3m' },
  ],
};

/** The same with names that are HTML or very long. */
export function hostileRecommendation(): { recommendation: Recommendation; texts: RecommendationTexts } {
  const long = 'a-very-long-name-without-any-blank-in-it-'.repeat(4);
  const rename = <T extends Assessment>(assessment: T): T => ({
    ...assessment,
    goals: assessment.goals.map((goal) => ({ ...goal, tier: long, goal: MARKUP })),
    tierCosts: assessment.tierCosts.map((cost, index) => ({ ...cost, tier: index === 0 ? MARKUP : long })),
  });
  const usual = recommendation();
  const searched = usual.searched.map(rename);
  const pointOf = (index: number) => point(searched[index] ?? ASSESSMENTS.none);
  return {
    recommendation: {
      ...usual,
      best: rename(usual.best),
      searched,
      front: [4, 2, 0, 1, 3].map(pointOf),
      alternatives: { more: pointOf(1), less: pointOf(2) },
      exchange: { tier: MARKUP, payer: long, seconds: 7.5 },
      stress: [{ variant: MARKUP, goals: rename(usual.best).goals, holds: false }],
      beside: (usual.beside ?? []).map((beside) => ({
        ...beside,
        name: MARKUP,
        assessment: rename(beside.assessment),
      })),
    },
    texts: {
      scenario: MARKUP,
      seed: 1,
      sentences: [MARKUP, long],
      policiesOf: ({ point: values }) => (values ? [{ name: MARKUP, steps: [long, MARKUP] }] : []),
      values: [{ policy: MARKUP, place: long, draft: MARKUP, chosen: long }],
    },
  };
}
