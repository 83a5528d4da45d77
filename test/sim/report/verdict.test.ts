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
const UNSURE = change(about(3, 5), about(-0.004, 0.02));
const LONGER = change(about(50, 8), about(-0.056, 0.02));

/** Gold, silver and bronze with these changes. */
function set(
  gold: Change,
  silver: Change,
  bronze: Change,
  made: SimulatedCalls = calls(12),
): SimulatedSetResult {
  return {
    ...POLICIES,
    tiers: [
      tier('gold', 25, { change: gold }),
      tier('silver', 100, { change: silver }),
      tier('bronze', 100, { change: bronze }),
    ],
    calls: made,
  };
}

const SUFFICES = 'The quota of 18 calls a second suffices: the busiest second has 12.';
const MORE_GOLD = 'More of gold are answered within 20s: 55.1 % instead of 18.1 %.';
const LESS_GOLD = 'Fewer of gold are answered within 20s: 55.1 % instead of 18.1 %.';

const CASES: readonly {
  readonly name: string;
  readonly set: SimulatedSetResult;
  readonly runs?: number;
  readonly says: readonly [string, string, string];
  readonly tones: readonly [string, string, string];
}[] = [
  {
    name: 'gold gains, bronze pays',
    set: set(BETTER, UNSURE, LONGER),
    says: [MORE_GOLD, 'Of the others, bronze waits 50s longer on average.', SUFFICES],
    tones: ['good better', 'bad the cost', 'good suffices'],
  },
  {
    name: 'two pay, and the one that pays most is named',
    set: set(BETTER, change(about(60, 5), about(0)), LONGER),
    says: [MORE_GOLD, 'Of the others, 2 tiers wait longer, silver most: 1m on average.', SUFFICES],
    tones: ['good better', 'bad the cost', 'good suffices'],
  },
  {
    name: 'a tier with a larger change that is not shown does not hide one that is',
    set: set(BETTER, change(about(90, 95), about(0)), LONGER),
    says: [MORE_GOLD, 'Of the others, bronze waits 50s longer on average.', SUFFICES],
    tones: ['good better', 'bad the cost', 'good suffices'],
  },
  {
    name: 'intervals that hold zero show nothing',
    set: set(UNSURE, UNSURE, UNSURE),
    says: [
      'For gold there is no difference that these runs can show.',
      'That another tier waits longer, these runs cannot show.',
      SUFFICES,
    ],
    tones: ['unclear no clear difference', 'unclear no clear difference', 'good suffices'],
  },
  {
    name: 'an interval that ends at zero shows nothing either',
    set: set(
      change(about(0, 1), { value: 0.1, low: 0, high: 0.2 }),
      UNSURE,
      change({ value: 9, low: 0, high: 18 }, about(0)),
    ),
    says: [
      'For gold there is no difference that these runs can show.',
      'That another tier waits longer, these runs cannot show.',
      SUFFICES,
    ],
    tones: ['unclear no clear difference', 'unclear no clear difference', 'good suffices'],
  },
  {
    name: 'the mean wait speaks where the service level does not',
    set: set(change(about(-9, 4), about(0.01, 0.02)), UNSURE, UNSURE),
    says: [
      'On average gold waits 9s less, but in how many are answered within 20s there is no difference that these runs can show.',
      'That another tier waits longer, these runs cannot show.',
      SUFFICES,
    ],
    tones: ['unclear no clear difference', 'unclear no clear difference', 'good suffices'],
  },
  {
    name: 'gold loses, the others gain',
    set: set(
      change(about(75, 6), about(-0.37, 0.02)),
      change(about(-9, 2), about(0)),
      change(about(-5, 2), about(0)),
    ),
    says: [LESS_GOLD, 'No other tier waits longer.', SUFFICES],
    tones: ['bad worse', 'good nobody pays', 'good suffices'],
  },
  {
    name: 'nothing changes at all, and no call is made',
    set: set(change(about(0), about(0)), change(about(0), about(0)), change(about(0), about(0)), NO_CALLS),
    says: [
      'For gold there is no difference.',
      'No other tier waits longer.',
      'It makes no calls, so the quota does not matter.',
    ],
    tones: ['unclear no difference', 'good nobody pays', 'unclear not needed'],
  },
  {
    name: 'one run proves nothing',
    runs: 1,
    set: set(change(about(-75), about(0.37)), change(about(3), about(0)), change(about(50), about(0))),
    says: [
      'More of gold are answered within 20s: 55.1 % instead of 18.1 %, in one run.',
      'Of the others, bronze waits 50s longer on average, in one run.',
      SUFFICES,
    ],
    tones: ['unclear may be luck', 'unclear may be luck', 'good suffices'],
  },
  {
    name: 'the busiest second uses all of the quota, and changes are on time',
    set: set(BETTER, UNSURE, UNSURE, calls(18, 1.9)),
    says: [
      MORE_GOLD,
      'That another tier waits longer, these runs cannot show.',
      'The quota of 18 calls a second suffices, though the busiest second uses all of it.',
    ],
    tones: ['good better', 'unclear no clear difference', 'good suffices'],
  },
  {
    name: 'changes are late: the quota does not suffice',
    set: set(BETTER, UNSURE, UNSURE, calls(18, 95)),
    says: [
      MORE_GOLD,
      'That another tier waits longer, these runs cannot show.',
      'The quota of 18 calls a second does not suffice: one change in a hundred is more than 1m35s late.',
    ],
    tones: ['good better', 'unclear no clear difference', 'bad too little'],
  },
];

/** Numbers are joined to their per cent sign by a blank that does not break. */
function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

describe('the verdict', () => {
  test.each(CASES)('$name', ({ set, runs = 10, says, tones }) => {
    const [found] = verdictOf(result({ runs, sets: [NONE, set] })).sets;
    expect(found?.set).toBe('policies');
    expect(found?.findings.map(({ sentence }) => plain(sentence))).toEqual(says);
    expect(found?.findings.map(({ figure }) => `${figure.tone} ${figure.assessment}`)).toEqual(tones);
  });

  test('holds the three numbers with their intervals', () => {
    const [found] = verdictOf(result()).sets;
    expect(
      found?.findings.map(({ figure }) => [figure.label, figure.value, figure.detail].map(plain)),
    ).toEqual([
      ['gold answered within 20s', '18.1 % → 55.1 %', '+37.0 points (+35.0 to +39.0)'],
      ['Largest change of another mean wait', 'bronze +50s', '+42s to +58s'],
      ['Calls in the busiest second', '12 of 18', '99 in 100 changes at most 0.9s late'],
    ]);
  });

  test.each([
    [
      0,
      'No policy of policies governed anybody, so nothing was changed: compare what they match with the tags, attributes and queues of the scenario.',
    ],
    [
      12,
      'The policies of policies governed contacts but made no call: no step that changes something was reached in time, or they are paused or only watch.',
    ],
  ])('says that the policies of a set did nothing, where %d contacts were governed', (governed, idle) => {
    const still = { ...POLICIES, governed: about(governed), calls: NO_CALLS };
    expect(verdictOf(result({ sets: [NONE, still] })).sets[0]?.idle).toBe(idle);
    expect(verdictOf(result({ sets: [still, NONE], baseline: 'policies' })).remarks).toEqual([idle]);
    expect(verdictOf(result()).sets[0]?.idle).toBeUndefined();
  });

  test('says that nobody is starved only where the runs can tell', () => {
    expect(verdictOf(result()).noStarvation).toBe('No set of policies starves a tier.');
    expect(verdictOf(result({ runs: 1 })).noStarvation).toBe(
      'Whether a tier is starved, one run cannot tell: it takes two at least.',
    );
    expect(verdictOf(starvedResult()).noStarvation).toBeUndefined();
    expect(verdictOf(result({ sets: [NONE] })).noStarvation).toBeUndefined();
  });

  test('says of which tiers more hang up, where the runs show it', () => {
    expect(verdictOf(result()).sets[0]?.warnings).toEqual([
      'More of bronze hang up: +5.0 points (+4.0 to +6.0).',
    ]);
  });

  test('speaks of every set but the baseline', () => {
    expect(verdictOf(starvedResult()).sets.map(({ set }) => set)).toEqual(['policies', 'harsh']);
  });

  test('names the tier that is starved, the set and the policy that does it', () => {
    expect(verdictOf(starvedResult()).starvation).toEqual([
      'The set harsh starves bronze by its policy gold-first: bronze waits 6.2 times as long on average (620 s instead of 100 s), and up to 7800 s: contacts of other tiers that gold-first raises go first although they came later.',
    ]);
    expect(verdictOf(result()).starvation).toEqual([]);
  });

  test('names a tier that the baseline itself starves', () => {
    expect(verdictOf(result({ sets: [{ ...NONE, starvation: [STARVED] }] })).starvation).toEqual([
      'The set none starves bronze by its policy gold-first: bronze waits 6.2 times as long on average (620 s instead of 100 s), and up to 7800 s: contacts of other tiers that gold-first raises go first although they came later.',
    ]);
  });

  test('takes the tier of the contact whose story is told for the most urgent one', () => {
    const story = { ...POLICIES.timeline, tier: 'bronze' } as NonNullable<SimulatedSetResult['timeline']>;
    const sets = [
      { ...NONE, timeline: story },
      { ...set(LONGER, UNSURE, BETTER), timeline: story },
    ];
    const [found] = verdictOf(result({ sets })).sets;
    expect(found?.findings.map(({ figure }) => plain(figure.value))).toEqual([
      '18.1 % → 18.1 %',
      'gold +50s',
      '12 of 18',
    ]);
  });

  test('has nothing to say of a tier without contacts', () => {
    const empty = (each: SimulatedSetResult): SimulatedSetResult => ({
      ...each,
      tiers: each.tiers.map((one) => ({ ...one, contacts: 0 })),
    });
    const [found] = verdictOf(result({ sets: [NONE, POLICIES].map(empty) })).sets;
    expect(found?.findings.map(({ sentence }) => sentence)).toEqual([
      'No contact of the most urgent tier came, so nothing can be said of it.',
      'No other tier had contacts.',
      SUFFICES,
    ]);
  });

  test.each<readonly [string, Partial<SimulationResult>, readonly string[]]>([
    ['several sets and runs', {}, []],
    [
      'one set',
      { sets: [NONE] },
      [
        'Only none was simulated: there is nothing to hold it against. Name another set of policies (--policies DIR).',
      ],
    ],
    [
      'one run',
      { runs: 1 },
      ['This is one run, and its differences may be luck. More runs give every figure an interval.'],
    ],
  ])('remarks on what limits it: %s', (_, more, remarks) => {
    expect(verdictOf(result(more)).remarks).toEqual(remarks);
  });
});
