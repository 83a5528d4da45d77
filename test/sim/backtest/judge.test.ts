import { describe, expect, test } from '@jest/globals';
import { backTest } from '../../../sim/backtest/back-test.ts';
import type { BackTestPlan } from '../../../sim/backtest/back-test-plan.ts';
import { FIGURES, type Figures } from '../../../sim/backtest/figures.ts';
import { judge, verdictOn } from '../../../sim/backtest/judge.ts';
import { notesOf } from '../../../sim/backtest/notes.ts';
import { reasonsOf } from '../../../sim/backtest/reasons.ts';
import type { RunFigures } from '../../../sim/backtest/simulate-held-out.ts';
import { KNOWN } from './known-centre.ts';

const CELLS = 20;
const OBSERVED: Figures = { meanWait: 60, p90Wait: 150, abandoned: 0.1, serviceLevel: 0.7 };

/** One tier with twenty half hours, in which the same was recorded. */
function planOf(observed: Figures = OBSERVED, cells = CELLS): BackTestPlan {
  return {
    scenario: KNOWN,
    clock: { dayBeganAt: KNOWN.dayBeganAt, day: 20_415, weekday: 0 },
    tiers: ['gold'],
    cells: Array.from({ length: cells }, (_, slot) => ({
      tier: 'gold',
      fromSlot: 16 + slot,
      toSlot: 17 + slot,
      contacts: 30,
    })),
    leftOut: 0,
    scopes: {
      serviceLevelSeconds: 60,
      tierOf: new Map(),
      tiers: 1,
      cells,
      cellOf: new Map(),
    },
    observed: Array.from({ length: 2 + cells }, () => ({ contacts: 30, figures: observed })),
  };
}

/** Twenty runs with figures around some, which differ by up to a tenth. */
function runsWith(figuresOf: (scope: number) => Figures, count = 20, scatter = 0.1): RunFigures[] {
  return Array.from({ length: count }, (_, run) =>
    Float64Array.from(
      Array.from({ length: 2 + CELLS }, (_, scope) => {
        const factor = 1 + scatter * ((2 * run) / (count - 1) - 1);
        return FIGURES.map((name) => figuresOf(scope)[name] * factor);
      }).flat(),
    ),
  );
}

const scaled = (factor: number): Figures => ({ ...OBSERVED, meanWait: 60 * factor, p90Wait: 150 * factor });

describe('the prediction band', () => {
  test('has nine of ten runs', () => {
    const runs = Array.from({ length: 200 }, (_, run) =>
      Float64Array.from({ length: 4 * (2 + CELLS) }, () => run + 1),
    );
    const { meanWait } = judge(planOf(), runs).all.figures;
    expect(meanWait).toStrictEqual({ observed: 60, simulated: 100.5, low: 10, high: 190, isWithin: true });
  });

  test.each([
    [95, true],
    [94.9, false],
    [105, true],
    [105.1, false],
  ])(
    'with runs of 100 s has a wait of %d s within: %j, since five seconds are no difference',
    (wait, isWithin) => {
      const observed = { ...OBSERVED, meanWait: wait };
      const runs = runsWith(() => ({ ...OBSERVED, meanWait: 100 }), 20, 0);
      expect(judge(planOf(observed), runs).all.figures.meanWait?.isWithin).toBe(isWithin);
    },
  );

  test('has a share at its end within, and leaves out what was not recorded', () => {
    const runs = runsWith(() => OBSERVED, 20, 0);
    const { figures } = judge(planOf({ ...OBSERVED, serviceLevel: Number.NaN }), runs).all;
    expect(Object.keys(figures)).toStrictEqual(['meanWait', 'p90Wait', 'abandoned']);
    expect(figures.abandoned?.isWithin).toBe(true);
  });
});

describe('the verdict', () => {
  const verdictWith = (figuresOf: (scope: number) => Figures, scatter?: number) =>
    verdictOn(judge(planOf(), runsWith(figuresOf, 20, scatter)));
  /** The first so many half hours are far off. */
  const wrongIn = (cells: number) => (scope: number) =>
    scope >= 2 && scope < 2 + cells
      ? { meanWait: 600, p90Wait: 900, abandoned: 0.9, serviceLevel: 0 }
      : OBSERVED;

  test('trusts a scenario with four of five figures within, and not with fewer', () => {
    expect(verdictWith(wrongIn(CELLS / 5))).toBe('trusted');
    expect(verdictWith(wrongIn(CELLS / 5 + 1))).toBe('not calibrated');
  });

  // Two of four figures are off, so the bias is half of their deviation.
  test.each([
    [1.19, 0.05, 'trusted'],
    [1.3, 0.05, 'not calibrated'],
    [1.3, 0.5, 'too little to judge'],
  ])(
    'with waits of %d times those recorded in all, and a scatter of %d, is %s',
    (factor, scatter, verdict) => {
      expect(verdictWith((scope) => (scope < 2 ? scaled(factor) : OBSERVED), scatter)).toBe(verdict);
    },
  );

  test('takes no seconds and no single contacts for a bias', () => {
    const quiet = { meanWait: 0.5, p90Wait: 1, abandoned: 0.001, serviceLevel: 1 };
    const runs = runsWith(() => ({ meanWait: 1, p90Wait: 2, abandoned: 0.004, serviceLevel: 1 }), 20, 0.01);
    const { all } = judge(planOf(quiet), runs);
    // A tenth of five seconds, a fifth of them, and 0.3 of 5 points.
    expect(all.deviations.meanWait).toBeCloseTo(0.1, 6);
    expect(all.deviations.p90Wait).toBeCloseTo(0.2, 6);
    expect(all.deviations.abandoned).toBeCloseTo(0.06, 6);
    expect(all.bias).toBeCloseTo(0.09, 6);
  });
});

describe('the agents of a back-test', () => {
  const agentsIn = ({ agents }: typeof KNOWN) => agents.reduce((sum, { count }) => sum + count, 0);
  /** Agents in part count whole: the factor is known from the tasks instead. */
  const search = async (right: number, adjustsAgents = true) => {
    const factors: number[] = [];
    const outcome = await backTest({
      plan: planOf(),
      runs: 20,
      seed: 1,
      adjustsAgents,
      // Waits are as recorded with the right agents, and a percent of agents changes them by five.
      simulateRuns: async (scenario, keys) => {
        const factor = factorOf(scenario);
        factors.push(factor);
        return runsWith(() => scaled(Math.max(0, 1 - 5 * (factor - right))), keys.length, 0.02);
      },
    });
    return { factors, outcome };
  };
  /** From the time that agents are at work. */
  const factorOf = ({ agents }: typeof KNOWN) => {
    const hours = agents.reduce(
      (sum, { count, hours: work = [] }) =>
        sum +
        count *
          work.reduce(
            (all, { fromMs, toMs, breaks = [] }) =>
              all + toMs - fromMs - breaks.reduce((away, rest) => away + rest.toMs - rest.fromMs, 0),
            0,
          ),
      0,
    );
    return Math.round((100 * hours) / 3_600_000 / (9 * 10 + 5 * 4)) / 100;
  };

  test('are those of the scenario where they fit', async () => {
    const { factors, outcome } = await search(1);
    expect(agentsIn(KNOWN)).toBe(14);
    expect(factors).toStrictEqual([1]);
    expect(outcome).toMatchObject({ verdict: 'trusted', agents: 1 });
    expect(outcome.fit).toBeUndefined();
  });

  test.each([0.85, 0.92, 1.1])('are found where %d of them would fit', async (right) => {
    const { outcome } = await search(right);
    expect(outcome.verdict).toBe('trusted');
    expect(Math.abs(outcome.agents - right)).toBeLessThan(0.015);
    const notes = notesOf(KNOWN, outcome, planOf(), heldOut(), 0);
    expect(notes).toStrictEqual([
      `The figures are those with ${Math.round(outcome.agents * 100)} % of the agents of the scenario: with so many the mean wait is as recorded.`,
    ]);
  });

  test('are not looked for where they may not differ', async () => {
    const { factors, outcome } = await search(0.9, false);
    expect(factors).toStrictEqual([1]);
    expect(outcome).toMatchObject({ verdict: 'not calibrated', agents: 1 });
  });

  test.each([
    [0.5, 'fewer', 0.8, 'Were fewer agents at work than the scenario says?', 'shorter'],
    [1.5, 'more', 1.2, 'Were more agents at work than the scenario says?', 'longer'],
  ] as const)(
    'of %d times as many are %s than a back-test may take',
    async (right, beyond, factor, question, than) => {
      const { outcome } = await search(right);
      expect(outcome).toMatchObject({ verdict: 'not calibrated', agents: 1, fit: { factor, beyond } });
      const seen = right * (9 * 10 + 5 * 4);
      const reasons = reasonsOf(outcome, planOf(), heldOut({ agentHours: seen }));
      expect(reasons.at(-1)).toBe(
        `${question} They were seen at work for ${seen} hours, and the scenario has 110. Even with ${factor * 100} % of its ` +
          `agents, simulated waits are ${than} than recorded.`,
      );
    },
  );

  test('are not looked for in too few half hours', async () => {
    const few = { ...planOf(OBSERVED, 9) };
    const outcome = await backTest({
      plan: few,
      runs: 20,
      seed: 1,
      adjustsAgents: true,
      simulateRuns: async () => runsWith(() => scaled(9)),
    });
    expect(outcome.verdict).toBe('too little to judge');
    expect(reasonsOf(outcome, few, heldOut())).toStrictEqual([
      'Only 9 half hours of a tier have 10 contacts or more, with 270 contacts in all; expected 10 with 200. Judge by more days.',
    ]);
  });
});

function heldOut(more: object = {}) {
  return {
    streams: [],
    judged: 600,
    unmatched: { contacts: 0, places: [] },
    withoutEnd: 0,
    moved: 0,
    agentHours: 110,
    ...more,
  };
}

describe('what a reader is also shown', () => {
  const outcomeOf = (figures: Figures) => {
    const judgement = judge(
      planOf(),
      runsWith(() => figures, 20, 0.02),
    );
    return { verdict: verdictOn(judgement), judgement, agents: 1 };
  };

  test('names what was left out', () => {
    const known = heldOut({
      unmatched: { contacts: 100, places: ['a (VOICE)', 'b', 'c', 'd', 'e', 'f', 'g'] },
      withoutEnd: 1,
      moved: 2,
    });
    const plan = { ...planOf(), leftOut: 5 };
    expect(notesOf({ ...KNOWN, acts: [] }, outcomeOf(OBSERVED), plan, known, 3)).toStrictEqual([
      '5 contacts are in no cell: fewer than 10 of their tier came in 2 hours.',
      '100 contacts are left out, since no stream of the scenario has contacts of their queue, channel and tags: a (VOICE), b, c, d, e and 2 more.',
      '1 contact is not judged by: the end of their wait is not in the recording.',
      '2 contacts are of those that flows move to another queue while they wait: here they stay in the first one.',
      '3 rule messages are left out, such as signals and overrides.',
      'The acts of the scenario are left out.',
    ]);
    expect(reasonsOf(outcomeOf(scaled(2)), plan, known).at(-1)).toBe(
      '14 % of the contacts are not in the scenario, so that it is less busy than the centre was.',
    );
  });

  test('names a stream whose handling took another time', () => {
    const [stream] = KNOWN.streams;
    if (!stream) throw new TypeError('There is no stream.');
    const streams = (count: number, meanSeconds: number) => [
      { stream, contacts: [], handling: { count, meanSeconds } },
    ];
    const reasonsWith = (count: number, meanSeconds: number) =>
      reasonsOf(outcomeOf(scaled(2)), planOf(), heldOut({ streams: streams(count, meanSeconds) }));
    const sentence = 'Handling of gold took 5m on average; the scenario has 4m.';
    expect(reasonsWith(30, 300)).toContain(sentence);
    expect(reasonsWith(29, 300)).not.toContain(sentence);
    expect(reasonsWith(30, 270).join()).not.toContain('Handling');
  });

  test('says that a bias may be chance', () => {
    const judgement = judge(
      planOf(),
      runsWith((scope) => (scope < 2 ? scaled(1.3) : OBSERVED), 20, 0.5),
    );
    const outcome = { verdict: verdictOn(judgement), judgement, agents: 1 };
    expect(reasonsOf(outcome, planOf(), heldOut())).toStrictEqual([
      'The bias is 15 %, more than 10 %, but in so few days it may be chance: every figure of all contacts lies within its band. Judge by more days.',
    ]);
  });
});
