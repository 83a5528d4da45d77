import type {
  ContactTimeline,
  Estimate,
  GoalResult,
  SimulatedCalls,
  SimulatedSetResult,
  SimulationResult,
  Starvation,
  TierResult,
} from '../../../sim/simulation/result.ts';

/** A figure with a symmetric interval. */
export function about(value: number, halfWidth = 0): Estimate {
  return { value, low: value - halfWidth, high: value + halfWidth };
}

const BOUNDS_SECONDS = [5, 10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 5_120, 10_240];

/** A histogram of exponential waits. */
function exponentialWaits(contacts: number, meanSeconds: number): TierResult['waitHistogram'] {
  const countBelow = (seconds: number) => Math.round(contacts * (1 - Math.exp(-seconds / meanSeconds)));
  const counts = BOUNDS_SECONDS.map(
    (bound, index) => countBelow(bound) - countBelow(BOUNDS_SECONDS[index - 1] ?? 0),
  );
  const rest = contacts - countBelow(BOUNDS_SECONDS.at(-1) ?? 0);
  return { upToSeconds: [...BOUNDS_SECONDS, 1e6], counts: [...counts, rest] };
}

/** A tier with this mean wait; members that `more` lacks follow from it. */
export function tier(name: string, meanSeconds: number, more: Partial<TierResult> = {}): TierResult {
  const contacts = more.contacts ?? 4_000;
  return {
    tier: name,
    contacts,
    serviceLevel: about(1 - Math.exp(-20 / meanSeconds), 0.02),
    abandoned: about(Math.min(0.6, meanSeconds / 1_000), 0.01),
    meanWaitSeconds: about(meanSeconds, meanSeconds / 20),
    medianWaitSeconds: meanSeconds * Math.LN2,
    p90WaitSeconds: meanSeconds * Math.log(10),
    p99WaitSeconds: meanSeconds * Math.log(100),
    maxWaitSeconds: meanSeconds * 8,
    unserved: 0,
    escalated: about(0),
    waitHistogram: exponentialWaits(contacts, meanSeconds),
    ...more,
  };
}

/** A change against the baseline. */
export function change(
  meanWaitSeconds: Estimate,
  serviceLevel: Estimate,
  abandoned: Estimate = about(0, 0.01),
  p90WaitSeconds: Estimate = about(0, 1),
): NonNullable<TierResult['change']> {
  return { serviceLevel, abandoned, meanWaitSeconds, p90WaitSeconds };
}

/** A goal that is met, one that is missed, and one that is unclear. */
export const GOALS: readonly GoalResult[] = [
  {
    tier: 'gold',
    goal: '80 % within 20s',
    figure: 'answered',
    isChange: false,
    limit: 0.8,
    contacts: 4_000,
    found: about(0.83, 0.02),
    verdict: 'met',
  },
  {
    tier: 'bronze',
    goal: 'abandoned +2 points at most',
    figure: 'abandoned',
    isChange: true,
    limit: 0.02,
    contacts: 4_000,
    found: about(0.05, 0.01),
    verdict: 'missed',
  },
  {
    tier: 'silver',
    goal: 'mean wait 105s at most',
    figure: 'mean',
    isChange: false,
    limit: 105,
    contacts: 4_000,
    found: about(103, 5),
    verdict: 'unclear',
  },
];

/** No calls, as without policies. */
export const NO_CALLS: SimulatedCalls = {
  made: about(0),
  peakPerSecond: 0,
  byMinute: [],
  latenessSeconds: { median: 0, p99: 0 },
  superseded: about(0),
};

/** Calls over a day of 12 hours with a peak in the morning. */
export function calls(peak: number, p99LateSeconds = 0.9): SimulatedCalls {
  const byMinute = Array.from({ length: 720 }, (_, minute) => {
    const load = Math.exp(-(((minute - 150) / 110) ** 2));
    return { minute, mean: 0.3 * peak * load, peak: Math.round(peak * load) };
  });
  return {
    made: about(2_345, 60),
    peakPerSecond: peak,
    byMinute,
    latenessSeconds: { median: 0.4, p99: p99LateSeconds },
    superseded: about(12, 4),
  };
}

/** A day of 12 hours with a peak in the morning; nobody of bronze comes in the last hour. */
function halfHours(slowness: number): SimulatedSetResult['byHalfHour'] {
  return Array.from({ length: 24 }, (_, index) => {
    const load = Math.exp(-(((index - 5) / 4) ** 2));
    return {
      fromMinute: index * 30,
      minutes: 30,
      agents: index < 4 ? 20 : 40,
      occupancy: 0.5 + 0.5 * load,
      tiers: ['gold', 'silver', 'bronze'].map((name) => {
        const isEmpty = name === 'bronze' && index >= 22;
        return {
          tier: name,
          arrivals: isEmpty ? 0 : 4 + 12 * load,
          serviceLevel: isEmpty ? null : 1 - 0.6 * slowness * load,
          abandoned: isEmpty ? null : 0.1 * slowness * load,
          speedOfAnswerSeconds: isEmpty ? null : 5 + 90 * slowness * load,
          waiting: isEmpty ? 0 : 8 * slowness * load,
        };
      }),
    };
  });
}

const TIMELINES: Readonly<Record<string, ContactTimeline>> = {
  none: {
    contactId: '11111111-2222-3333-4444-555555555555',
    tier: 'gold',
    waitEnd: 'abandoned',
    waitedSeconds: 600,
    moments: [
      { atSeconds: 0, description: 'enters the queue sales' },
      { atSeconds: 600, description: 'abandons the queue' },
    ],
    overtakenBy: [],
    overtook: [],
  },
  policies: {
    contactId: '11111111-2222-3333-4444-555555555555',
    tier: 'gold',
    waitEnd: 'answered',
    waitedSeconds: 150,
    moments: [
      { atSeconds: 0, description: 'enters the queue sales' },
      { atSeconds: 1, description: 'gold-first sets priority 3' },
      { atSeconds: 61, description: 'priority 3 takes effect' },
      { atSeconds: 120, description: 'gold-first sets priority 1' },
      { atSeconds: 150, description: 'is answered' },
    ],
    overtakenBy: [{ tier: 'silver', contacts: 1 }],
    overtook: [{ tier: 'bronze', policy: 'gold-first', contacts: 12 }],
  },
};

export const STARVED: Starvation = {
  tier: 'bronze',
  policy: 'gold-first',
  against: 'none',
  waitRatio: 6.2,
  maxWaitSeconds: 7_800,
  reason:
    'bronze has 6.2 times the mean wait (620 s instead of 100 s) and a maximum wait of 7800 s: contacts of other tiers that gold-first raises overtake its contacts.',
};

export const NONE: SimulatedSetResult = {
  name: 'none',
  policies: [],
  tiers: [tier('gold', 100), tier('silver', 100), tier('bronze', 100)],
  byHalfHour: halfHours(1),
  grantedPerSecond: 18,
  governed: about(0),
  calls: NO_CALLS,
  starvation: [],
  timeline: TIMELINES.none,
};

export const POLICIES: SimulatedSetResult = {
  name: 'policies',
  policies: [
    { name: 'gold-first', description: 'Gold callers reach an agent within three minutes.' },
    { name: 'vip' },
  ],
  tiers: [
    tier('gold', 25, {
      escalated: about(0.4, 0.02),
      change: change(about(-75, 6), about(0.37, 0.02), about(-0.075, 0.01)),
    }),
    tier('silver', 103, { change: change(about(3, 5), about(-0.004, 0.02)) }),
    tier('bronze', 150, { change: change(about(50, 8), about(-0.056, 0.02), about(0.05, 0.01)) }),
  ],
  byHalfHour: halfHours(0.6),
  grantedPerSecond: 18,
  governed: about(900, 20),
  calls: calls(12),
  starvation: [],
  timeline: TIMELINES.policies,
};

/** Gold improves, silver is unchanged, bronze waits longer. */
export function result(more: Partial<SimulationResult> = {}): SimulationResult {
  return {
    version: 2,
    scenario: {
      name: 'Monday morning',
      description: 'A service desk on the busiest morning of the week.',
      startsAt: '2026-09-07T06:00:00.000Z',
      startsAtLocal: '2026-09-07T08:00:00+02:00',
      hours: 12,
      serviceLevelSeconds: 20,
      agents: 40,
      queues: ['sales', 'service'],
    },
    seed: 42,
    runs: 10,
    confidence: 0.95,
    grantedPerSecond: 18,
    baseline: 'none',
    sets: [NONE, POLICIES],
    pairs: [],
    ...more,
  };
}

/** The same with a third set, which starves bronze and exceeds the quota. */
export function starvedResult(): SimulationResult {
  const harsh: SimulatedSetResult = {
    ...POLICIES,
    name: 'harsh',
    tiers: [
      tier('gold', 12, { change: change(about(-88, 6), about(0.6, 0.02)) }),
      tier('silver', 180, { change: change(about(80, 9), about(-0.08, 0.02), about(0.08, 0.02)) }),
      tier('bronze', 620, { change: change(about(520, 40), about(-0.15, 0.02), about(0.5, 0.03)) }),
    ],
    calls: calls(18, 95),
    starvation: [STARVED],
  };
  return result({ sets: [NONE, POLICIES, harsh] });
}

export const MARKUP =
  '<img src="https://example.com/x.png" onerror="alert(1)"><script>alert(2)</script>&amp;';

/** Eight sets and tiers with names that are HTML or very long. */
export function hostileResult(): SimulationResult {
  const long = 'a-very-long-name-without-any-blank-in-it-'.repeat(4);
  const rename = (set: SimulatedSetResult, name: string): SimulatedSetResult => ({
    ...set,
    name,
    policies: [{ name: MARKUP, description: MARKUP }, { name: long }],
    tiers: set.tiers.map((each, index) => ({ ...each, tier: [MARKUP, long, 'bronze'][index] ?? '' })),
    goals: GOALS.map((goal, index) => ({ ...goal, tier: index === 0 ? MARKUP : long, goal: MARKUP })),
    starvation: [{ ...STARVED, policy: MARKUP, reason: MARKUP }],
    timeline: {
      ...(TIMELINES.policies as ContactTimeline),
      contactId: MARKUP,
      tier: MARKUP,
      moments: [{ atSeconds: 3, description: MARKUP }],
    },
  });
  const more = Array.from({ length: 6 }, (_, index) => rename(POLICIES, `${index} ${long}`));
  const { scenario } = result();
  return result({
    baseline: MARKUP,
    scenario: {
      ...scenario,
      name: MARKUP,
      description: MARKUP,
      startsAtLocal: MARKUP,
      queues: [MARKUP, long],
    },
    sets: [rename(NONE, MARKUP), rename(POLICIES, long), ...more],
  });
}
