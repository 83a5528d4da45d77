import { describe, expect, test } from '@jest/globals';
import { verdictOf } from '../../../sim/report/verdict.ts';
import type {
  SimulatedCalls,
  SimulatedSetResult,
  SimulationResult,
  TierResult,
} from '../../../sim/simulation/result.ts';
import {
  about,
  calls,
  change,
  NO_CALLS,
  NONE,
  POLICIES,
  result,
  STARVED,
  starvedResult,
  tier,
} from './fixture.ts';

type Change = NonNullable<TierResult['change']>;

const BETTER = change(about(-75, 6), about(0.37, 0.02));
const UNCLEAR = change(about(3, 5), about(-0.004, 0.02));
const LONGER = change(about(50, 8), about(-0.056, 0.02));

/** Gold, silver and bronze with these changes. */
function set(
  gold: Change,
  silver: Change,
  bronze: Change,
  callsResult: SimulatedCalls = calls(12),
): SimulatedSetResult {
  return {
    ...POLICIES,
    tiers: [
      tier('gold', 25, { change: gold }),
      tier('silver', 100, { change: silver }),
      tier('bronze', 100, { change: bronze }),
    ],
    calls: callsResult,
  };
}

const SUFFICIENT = 'The quota of 18 calls per second is sufficient: the peak is 12.';
const GOLD_RISES = 'The service level of gold rises from 18.1 % to 55.1 %.';
const GOLD_FALLS = 'The service level of gold falls from 18.1 % to 55.1 %.';

const CASES: readonly {
  readonly name: string;
  readonly set: SimulatedSetResult;
  readonly runs?: number;
  readonly sentences: readonly [string, string, string];
  readonly tones: readonly [string, string, string];
}[] = [
  {
    name: 'gold improves, bronze waits longer',
    set: set(BETTER, UNCLEAR, LONGER),
    sentences: [GOLD_RISES, 'The mean wait of bronze rises by 50s.', SUFFICIENT],
    tones: ['good better', 'bad longer wait', 'good sufficient'],
  },
  {
    name: 'the mean waits of two tiers rise: the larger change is named',
    set: set(BETTER, change(about(60, 5), about(0)), LONGER),
    sentences: [GOLD_RISES, 'The mean waits of 2 other tiers rise, most that of silver: by 1m.', SUFFICIENT],
    tones: ['good better', 'bad longer wait', 'good sufficient'],
  },
  {
    name: 'a larger but unclear change does not hide a clear one',
    set: set(BETTER, change(about(90, 95), about(0)), LONGER),
    sentences: [GOLD_RISES, 'The mean wait of bronze rises by 50s.', SUFFICIENT],
    tones: ['good better', 'bad longer wait', 'good sufficient'],
  },
  {
    name: 'intervals that include zero show no difference',
    set: set(UNCLEAR, UNCLEAR, UNCLEAR),
    sentences: [
      'These runs show no difference for gold.',
      'These runs do not show that another tier waits longer.',
      SUFFICIENT,
    ],
    tones: ['unclear no clear difference', 'unclear no clear difference', 'good sufficient'],
  },
  {
    name: 'intervals that end at zero show no difference',
    set: set(
      change(about(0, 1), { value: 0.1, low: 0, high: 0.2 }),
      UNCLEAR,
      change({ value: 9, low: 0, high: 18 }, about(0)),
    ),
    sentences: [
      'These runs show no difference for gold.',
      'These runs do not show that another tier waits longer.',
      SUFFICIENT,
    ],
    tones: ['unclear no clear difference', 'unclear no clear difference', 'good sufficient'],
  },
  {
    name: 'the mean wait changes clearly, the service level does not',
    set: set(change(about(-9, 4), about(0.01, 0.02)), UNCLEAR, UNCLEAR),
    sentences: [
      'The mean wait of gold falls by 9s. These runs show no difference in its service level.',
      'These runs do not show that another tier waits longer.',
      SUFFICIENT,
    ],
    tones: ['unclear no clear difference', 'unclear no clear difference', 'good sufficient'],
  },
  {
    name: 'gold worsens, the others improve',
    set: set(
      change(about(75, 6), about(-0.37, 0.02)),
      change(about(-9, 2), about(0)),
      change(about(-5, 2), about(0)),
    ),
    sentences: [GOLD_FALLS, 'No other tier waits longer.', SUFFICIENT],
    tones: ['bad worse', 'good no cost', 'good sufficient'],
  },
  {
    name: 'nothing changes, and there are no calls',
    set: set(change(about(0), about(0)), change(about(0), about(0)), change(about(0), about(0)), NO_CALLS),
    sentences: [
      'There is no difference for gold.',
      'No other tier waits longer.',
      'It makes no calls, so it does not use the quota.',
    ],
    tones: ['unclear no difference', 'good no cost', 'unclear not used'],
  },
  {
    name: 'one run may be chance',
    runs: 1,
    set: set(change(about(-75), about(0.37)), change(about(3), about(0)), change(about(50), about(0))),
    sentences: [
      'In one run, the service level of gold rises from 18.1 % to 55.1 %.',
      'In one run, the mean wait of bronze rises by 50s.',
      SUFFICIENT,
    ],
    tones: ['unclear may be chance', 'unclear may be chance', 'good sufficient'],
  },
  {
    name: 'the peak reaches the quota, and changes are on time',
    set: set(BETTER, UNCLEAR, UNCLEAR, calls(18, 1.9)),
    sentences: [
      GOLD_RISES,
      'These runs do not show that another tier waits longer.',
      'The quota of 18 calls per second is sufficient, although the peak reaches it.',
    ],
    tones: ['good better', 'unclear no clear difference', 'good sufficient'],
  },
  {
    name: 'late changes: the quota is not sufficient',
    set: set(BETTER, UNCLEAR, UNCLEAR, calls(18, 95)),
    sentences: [
      GOLD_RISES,
      'These runs do not show that another tier waits longer.',
      'The quota of 18 calls per second is not sufficient: the p99 lateness of changes is 1m35s.',
    ],
    tones: ['good better', 'unclear no clear difference', 'bad too low'],
  },
];

/** Replaces non-breaking spaces. */
function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

describe('the verdict', () => {
  test.each(CASES)('$name', ({ set, runs = 10, sentences, tones }) => {
    const [found] = verdictOf(result({ runs, sets: [NONE, set] })).sets;
    expect(found?.set).toBe('policies');
    expect(found?.findings.map(({ sentence }) => plain(sentence))).toEqual(sentences);
    expect(found?.findings.map(({ figure }) => `${figure.tone} ${figure.assessment}`)).toEqual(tones);
  });

  test('has three key figures with their intervals', () => {
    const [found] = verdictOf(result()).sets;
    expect(
      found?.findings.map(({ figure }) => [figure.label, figure.value, figure.detail].map(plain)),
    ).toEqual([
      ['Service level of gold (20s)', '18.1 % → 55.1 %', '+37.0 points (+35.0 to +39.0)'],
      ['Largest change of another tier’s mean wait', 'bronze +50s', '+42s to +58s'],
      ['Peak calls per second', '12 of 18', 'p99 lateness 0.9s'],
    ]);
  });

  test.each([
    [
      0,
      'The policies of policies governed no contacts: compare their patterns with the tags, attributes and queues of the scenario.',
    ],
    [
      12,
      'The policies of policies governed contacts but made no calls: no step with a change was reached in time, or the policies are paused or in mode observe.',
    ],
  ])('states that the policies of a set had no effect, with %d governed contacts', (governed, idle) => {
    const idleSet = { ...POLICIES, governed: about(governed), calls: NO_CALLS };
    expect(verdictOf(result({ sets: [NONE, idleSet] })).sets[0]?.idle).toBe(idle);
    expect(verdictOf(result({ sets: [idleSet, NONE], baseline: 'policies' })).remarks).toEqual([idle]);
    expect(verdictOf(result()).sets[0]?.idle).toBeUndefined();
  });

  test('states which conditions never began where no contact was governed', () => {
    const condition = (name: string, times: number) => ({
      name,
      begun: about(times),
      heldSeconds: about(times * 60),
    });
    const idleSet = { ...POLICIES, governed: about(0), calls: NO_CALLS };
    const conditions = [condition('busy', 0), condition('long', 2)];
    expect(verdictOf(result({ sets: [NONE, { ...idleSet, conditions }] })).sets[0]?.idle).toBe(
      'The policies of policies governed no contacts: compare their patterns with the tags, attributes and queues of ' +
        'the scenario, and its load with the conditions (busy never began).',
    );
  });

  test('states that no tier is starved only when the runs can show it', () => {
    expect(verdictOf(result()).noStarvation).toBe('No policy set starves a tier.');
    expect(verdictOf(result({ runs: 1 })).noStarvation).toBe(
      'One run cannot show starvation: simulate at least two.',
    );
    expect(verdictOf(starvedResult()).noStarvation).toBeUndefined();
    expect(verdictOf(result({ sets: [NONE] })).noStarvation).toBeUndefined();
  });

  test('names tiers whose abandonment rate rises, when the runs show it', () => {
    expect(verdictOf(result()).sets[0]?.warnings).toEqual([
      'The abandonment rate of bronze rises: +5.0 points (+4.0 to +6.0).',
    ]);
  });

  test('has the abandonment rate and the p90 wait of the most urgent tier as figures', () => {
    const [found] = verdictOf(result()).sets;
    expect(
      found?.figures.map(({ label, value, detail, tone }) => [label, value, detail, tone].map(plain)),
    ).toEqual([
      ['Abandonment rate of gold', '10.0 % → 2.5 %', '−7.5 points (−8.5 to −6.5)', 'good'],
      ['p90 wait of gold', '3m50s → 58s', '0s (−1s to +1s)', 'unclear'],
    ]);
  });

  test('names what other tiers gain, and not what may be chance', () => {
    const gaining = set(BETTER, change(about(-9, 2), about(0), about(-0.02, 0.01)), UNCLEAR);
    expect(verdictOf(result({ sets: [NONE, gaining] })).sets[0]?.gains).toEqual([
      'The mean wait of silver falls by 9s.',
      'The abandonment rate of silver falls: −2.0 points (−3.0 to −1.0).',
    ]);
    expect(verdictOf(result()).sets[0]?.gains).toStrictEqual([]);
  });

  test('names changes that were never made under overload', () => {
    expect(verdictOf(starvedResult()).sets[1]?.warnings).toContain(
      'Of 2,357 changes a run, 12 were never made: before the quota permitted the call, the contact had left, or another ' +
        'change was due.',
    );
    // On time, what is superseded is no matter of the quota.
    expect(verdictOf(result()).sets[0]?.warnings.join()).not.toContain('never made');
  });

  test('judges by the quota of the set', () => {
    const slow = { ...set(BETTER, UNCLEAR, UNCLEAR, calls(4)), grantedPerSecond: 4.5 };
    expect(verdictOf(result({ sets: [NONE, slow] })).sets[0]?.findings[2].figure.value).toBe('4 of 4.5');
  });

  test('counts the contacts that nobody served, also under the baseline', () => {
    const unserved = (one: SimulatedSetResult) => ({
      ...one,
      tiers: one.tiers.map((each) => (each.tier === 'bronze' ? { ...each, unserved: 40 } : each)),
    });
    const { sets, remarks } = verdictOf(result({ sets: [NONE, POLICIES].map(unserved) }));
    const text = 'Nobody served 40 contacts of bronze (1.0 %): they still waited when the run ended.';
    expect(sets[0]?.warnings.map(plain)).toContain(text);
    expect(remarks.map(plain)).toEqual([`Under none: ${text}`]);
  });

  test('compares sets with each other', () => {
    const pair = (against: string, gold: Change) => ({
      set: 'policies',
      against,
      tiers: [{ tier: 'gold', change: gold }],
    });
    const pairs = [pair('draft', BETTER), pair('other', UNCLEAR), { ...pair('x', BETTER), set: 'harsh' }];
    expect(verdictOf(result({ pairs })).sets[0]?.comparisons.map(plain)).toEqual([
      'Compared with draft: service level of gold +37.0 points (+35.0 to +39.0); mean wait of gold −1m15s (−1m21s to −1m9s).',
      'Compared with other, these runs show no difference.',
    ]);
  });

  test('says with which set a starved tier is compared, where it is not the baseline', () => {
    const starved = { ...POLICIES, starvation: [{ ...STARVED, against: 'none' }] };
    const [sentence] = verdictOf(
      result({ sets: [{ ...NONE, name: 'old' }, starved], baseline: 'old' }),
    ).starvation;
    expect(sentence).toMatch(/overtake its contacts\. Compared with none\.$/);
  });

  test('covers every set except the baseline', () => {
    expect(verdictOf(starvedResult()).sets.map(({ set }) => set)).toEqual(['policies', 'harsh']);
  });

  test('names the starved tier, the policy set and the policy', () => {
    expect(verdictOf(starvedResult()).starvation).toEqual([
      'The policy set harsh starves bronze by its policy gold-first: bronze has 6.2 times the mean wait (620 s instead of 100 s) and a maximum wait of 7800 s: contacts of other tiers that gold-first raises overtake its contacts.',
    ]);
    expect(verdictOf(result()).starvation).toEqual([]);
  });

  test('names a tier that the baseline starves', () => {
    expect(verdictOf(result({ sets: [{ ...NONE, starvation: [STARVED] }] })).starvation).toEqual([
      'The policy set none starves bronze by its policy gold-first: bronze has 6.2 times the mean wait (620 s instead of 100 s) and a maximum wait of 7800 s: contacts of other tiers that gold-first raises overtake its contacts.',
    ]);
  });

  test('the tier of the timeline is the most urgent one', () => {
    const timeline = { ...POLICIES.timeline, tier: 'bronze' } as NonNullable<SimulatedSetResult['timeline']>;
    const sets = [
      { ...NONE, timeline },
      { ...set(LONGER, UNCLEAR, BETTER), timeline },
    ];
    const [found] = verdictOf(result({ sets })).sets;
    expect(found?.findings.map(({ figure }) => plain(figure.value))).toEqual([
      '18.1 % → 18.1 %',
      'gold +50s',
      '12 of 18',
    ]);
  });

  test('has no findings on tiers without contacts', () => {
    const empty = (each: SimulatedSetResult): SimulatedSetResult => ({
      ...each,
      tiers: each.tiers.map((one) => ({ ...one, contacts: 0 })),
    });
    const [found] = verdictOf(result({ sets: [NONE, POLICIES].map(empty) })).sets;
    expect(found?.findings.map(({ sentence }) => sentence)).toEqual([
      'The most urgent tier had no contacts.',
      'No other tier had contacts.',
      SUFFICIENT,
    ]);
  });

  test.each<readonly [string, Partial<SimulationResult>, readonly string[]]>([
    ['several sets and runs', {}, []],
    [
      'one set',
      { sets: [NONE] },
      ['Only none was simulated, so there is no comparison. Name another policy set (--policies DIR).'],
    ],
    [
      'one run',
      { runs: 1 },
      ['With one run, differences may be due to chance. More runs give every figure a confidence interval.'],
    ],
  ])('remarks on its limits: %s', (_, more, remarks) => {
    expect(verdictOf(result(more)).remarks).toEqual(remarks);
  });
});
