import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  afterSet,
  DEFAULT_ROUTING,
  MAX_AGE_SECONDS,
  MOST_URGENT_PRIORITY,
  type Routing,
  type RoutingIntent,
  routingChanges,
  sameRouting,
  targetRouting,
} from '../../../lambda/domain/routing/routing.ts';
import { criteria } from '../../support/criteria.ts';

interface TargetCase {
  readonly name: string;
  readonly intent: Partial<RoutingIntent>;
  readonly expected: Routing;
}

const TARGETS: readonly TargetCase[] = [
  { name: 'nothing is wanted', intent: { applied: { priority: 5 } }, expected: { priority: 5 } },
  {
    name: 'a more urgent priority',
    intent: { applied: { priority: 5 }, desired: { priority: 2 } },
    expected: { priority: 2 },
  },
  {
    name: 'a less urgent priority is ignored',
    intent: { applied: { priority: 2 }, desired: { priority: 4 } },
    expected: { priority: 2 },
  },
  {
    name: 'a less urgent priority with allowLower',
    intent: { applied: { priority: 2 }, desired: { priority: 4 }, allowLower: true },
    expected: { priority: 4 },
  },
  {
    name: 'a greater age',
    intent: { applied: { ageSeconds: 60 }, desired: { ageSeconds: 90 } },
    expected: { ageSeconds: 90 },
  },
  {
    name: 'a smaller age is ignored',
    intent: { applied: { ageSeconds: 60 }, desired: { ageSeconds: -60 } },
    expected: { ageSeconds: 60 },
  },
  {
    name: 'what is not known holds nothing back',
    intent: { applied: {}, desired: { priority: 7 } },
    expected: { priority: 7 },
  },
  {
    name: 'criteria are no urgency',
    intent: { applied: { criteria: criteria(4) }, desired: { criteria: criteria(1) } },
    expected: { criteria: criteria(1) },
  },
  {
    name: 'an override is taken as it is',
    intent: { applied: { priority: 2 }, desired: { priority: 1 }, override: { priority: 9 } },
    expected: { priority: 9 },
  },
  {
    name: 'an override leaves the other facets to the policy',
    intent: { applied: { priority: 5 }, desired: { priority: 1 }, override: { criteria: criteria(1) } },
    expected: { priority: 1, criteria: criteria(1) },
  },
  {
    name: 'after an override the contact returns to what it had',
    intent: { applied: { priority: 1, ageSeconds: 0 }, restorePoint: { priority: 4, ageSeconds: 0 } },
    expected: { priority: 4, ageSeconds: 0 },
  },
  {
    name: 'after an override the contact gets what its policy wants by then',
    intent: { applied: { priority: 1 }, restorePoint: { priority: 5 }, desired: { priority: 3 } },
    expected: { priority: 3 },
  },
  {
    name: 'after an override of what was not known the default is restored',
    intent: { applied: { priority: 1, ageSeconds: 30 }, restorePoint: {} },
    expected: { priority: 5, ageSeconds: 0 },
  },
  {
    name: 'after an override of one of them the other is left as it is',
    intent: { applied: { ageSeconds: 30 }, restorePoint: {} },
    expected: { ageSeconds: 0 },
  },
  {
    name: 'an override ends in what another one says',
    intent: { applied: { priority: 1 }, restorePoint: {}, override: { priority: 9 } },
    expected: { priority: 9 },
  },
];

describe('the target', () => {
  test.each(TARGETS.map((entry) => [entry.name, entry] as const))('%s', (_name, { intent, expected }) => {
    expect(targetRouting({ applied: {}, desired: {}, allowLower: false, ...intent })).toEqual(expected);
  });

  test('is never less urgent than the applied routing, unless that is allowed or overridden', () => {
    const routing = fc.record(
      { priority: fc.integer({ min: 1, max: 10 }), ageSeconds: fc.integer({ min: -600, max: 600 }) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(routing, routing, (applied, desired) => {
        const target = targetRouting({ applied, desired, allowLower: false });
        if (applied.priority !== undefined) expect(target.priority).toBeLessThanOrEqual(applied.priority);
        if (applied.ageSeconds !== undefined)
          expect(target.ageSeconds).toBeGreaterThanOrEqual(applied.ageSeconds);
      }),
    );
  });
});

describe('the changes', () => {
  test('are the fields that differ', () => {
    expect(routingChanges({ priority: 1, ageSeconds: 30 }, { priority: 1, ageSeconds: 0 })).toEqual({
      ageSeconds: 30,
    });
  });

  test('the same criteria as Connect writes them are no change', () => {
    const [step] = criteria(3).Steps;
    const answered = {
      Steps: [{ ...step, Status: 'ACTIVE', Expiry: {} }],
      ActivationTimestamp: new Date(0),
      Index: 0,
    };
    expect(routingChanges({ criteria: criteria(3) }, { criteria: answered as never })).toEqual({});
    expect(routingChanges({ criteria: criteria(4) }, { criteria: answered as never })).toEqual({
      criteria: criteria(4),
    });
  });

  test('an unconfirmed field counts as different', () => {
    expect(routingChanges({ priority: 1 }, { priority: 1 }, ['priority'])).toEqual({ priority: 1 });
    expect(routingChanges({}, {}, ['priority'])).toEqual({});
  });
});

test('the most urgent routing that Connect takes', () => {
  const most = { priority: MOST_URGENT_PRIORITY, ageSeconds: MAX_AGE_SECONDS };
  expect(targetRouting({ applied: DEFAULT_ROUTING, desired: most, allowLower: false })).toEqual({
    priority: 1,
    ageSeconds: 2_147_483_647,
  });
});

describe('the same routing', () => {
  const one: Routing = { priority: 2, ageSeconds: 60, criteria: criteria(3) };

  test.each<[Routing]>([
    [{ priority: 3 }],
    [{ ageSeconds: 61 }],
    [{ criteria: criteria(4) }],
    [{ criteria: undefined }],
  ])('differs in %j', (other) => expect(sameRouting(one, { ...one, ...other })).toBe(false));

  test('is equal in all three, and unknown routing is empty routing', () => {
    expect(sameRouting(one, structuredClone(one))).toBe(true);
    expect(sameRouting(undefined, {})).toBe(true);
    expect(sameRouting(undefined, { priority: 5 })).toBe(false);
  });
});

describe('after a set', () => {
  const [first, second] = [criteria(1), criteria(2)];

  test.each<[earlier: Routing, set: Routing, after: Routing]>([
    [{ priority: 2 }, { priority: 1 }, { priority: 1 }],
    [{ priority: 2 }, { ageSeconds: 60 }, { ageSeconds: 60 }],
    [{ ageSeconds: 60 }, { priority: 2 }, { priority: 2 }],
    [{ ageSeconds: 60, criteria: first }, { priority: 2 }, { priority: 2, criteria: first }],
    [{ priority: 2 }, { criteria: first }, { priority: 2, criteria: first }],
    [{ ageSeconds: 60, criteria: first }, { criteria: second }, { ageSeconds: 60, criteria: second }],
    [{ priority: 2, criteria: first }, {}, { priority: 2, criteria: first }],
  ])(
    '%# priority and age take the place of each other, and criteria that of criteria',
    (earlier, set, after) => {
      expect(afterSet(earlier, set)).toEqual(after);
    },
  );
});
