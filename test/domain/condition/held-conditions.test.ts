import { describe, expect, test } from '@jest/globals';
import type { Condition, QueueLoad } from '../../../lambda/domain/condition/condition.ts';
import {
  type HeldConditions,
  holdOn,
  namesOfHeld,
  nextConditions,
} from '../../../lambda/domain/condition/held-conditions.ts';
import { parseCondition } from '../../../lambda/domain/condition/parse.ts';
import { atSecond } from '../../support/contacts.ts';

const condition = (name: string, source: object): Condition => {
  const result = parseCondition(name, source);
  if (!result.condition) throw new Error(JSON.stringify(result.problems));
  return result.condition;
};

const BUSY = condition('busy', {
  when: { waiting: [{ numeric: ['>', 50] }] },
  until: { waiting: [{ numeric: ['<', 30] }] },
});
const FULL = condition('full', { when: { waiting: [{ numeric: ['>', 50] }] } });

const of = (since: number, until = 9) => ({ since, until });

const load = (waiting: number | undefined): QueueLoad | undefined =>
  waiting === undefined ? undefined : { waiting, oldestSeconds: 0 };

/** Whether the condition holds after each load, read every 15 seconds. */
function course(one: Condition, loads: readonly (number | undefined)[]): boolean[] {
  let held: HeldConditions = {};
  return loads.map((waiting, index) => {
    const now = atSecond(15 * index);
    held = nextConditions(held, [{ condition: one, load: load(waiting) }], now);
    return namesOfHeld(held, now).includes(one.name);
  });
}

describe('a condition', () => {
  test.each([
    [
      'begins above and ends below',
      BUSY,
      [50, 51, 40, 30, 29, 40, 51],
      [false, true, true, true, false, false, true],
    ],
    ['without until ends as soon as it does not match', FULL, [51, 50, 51], [true, false, true]],
    [
      'keeps its state for a minute where the load is unknown',
      BUSY,
      [51, undefined, undefined, undefined, undefined],
      [true, true, true, true, false],
    ],
    [
      'goes on where the load is known again in time',
      BUSY,
      [51, undefined, undefined, 40],
      [true, true, true, true],
    ],
    [
      'begins anew after that',
      BUSY,
      [51, undefined, undefined, undefined, undefined, 40, 51],
      [true, true, true, true, false, false, true],
    ],
    ['does not begin where the load is unknown', BUSY, [undefined, 51], [false, true]],
  ] as const)('%s', (_name, one, loads, expected) => {
    expect(course(one, loads)).toEqual(expected);
  });

  test('says since when it holds, and until when it does without another look', () => {
    const first = nextConditions({}, [{ condition: BUSY, load: load(60) }], atSecond(0));
    const second = nextConditions(first, [{ condition: BUSY, load: load(40) }], atSecond(15));
    expect(second).toEqual({ busy: { since: atSecond(0), until: atSecond(75) } });
    expect([74, 75].map((seconds) => namesOfHeld(second, atSecond(seconds)))).toEqual([['busy'], []]);
  });

  test('ends where it does not concern the queue any more', () => {
    const held = { busy: { since: 0, until: atSecond(60) } };
    expect(nextConditions(held, [], atSecond(15))).toEqual({});
  });

  test('where when and until both match does not hold', () => {
    const both = condition('both', {
      when: { waiting: [{ numeric: ['>', 50] }] },
      until: { waiting: [{ numeric: ['>', 40] }] },
    });
    expect(course(both, [51, 51])).toEqual([false, false]);
  });

  test('stands in order of the names, in whatever order the conditions were stored', () => {
    const held = { since: 0, until: 9 };
    expect(namesOfHeld({ full: held, busy: held, late: held }, 0)).toEqual(['busy', 'full', 'late']);
    expect(namesOfHeld({ late: held, full: held, busy: held }, 0)).toEqual(['busy', 'full', 'late']);
  });

  test.each<[name: string, before: HeldConditions, after: HeldConditions, isSame: boolean]>([
    ['none holds', {}, {}, true],
    ['each was only read again', { a: of(1, 5), b: of(2, 5) }, { a: of(1, 9), b: of(2, 9) }, true],
    ['one began', { a: of(1) }, { a: of(1), b: of(2) }, false],
    ['one ended', { a: of(1), b: of(2) }, { a: of(1) }, false],
    ['one ended as another began', { a: of(1) }, { b: of(1) }, false],
    ['one of two began again', { a: of(1), b: of(2) }, { a: of(1), b: of(3) }, false],
  ])('goes on only where it is the same one: %s', (_name, before, after, isSame) => {
    expect(holdOn(before, after)).toBe(isSame);
  });

  test('is one of 64 for one queue at most', () => {
    const many = Array.from({ length: 70 }, (_, index) =>
      condition(`c${index}`, { when: { waiting: [{ numeric: ['>', 0] }] } }),
    );
    const held = nextConditions(
      {},
      many.map((one) => ({ condition: one, load: load(1) })),
      0,
    );
    expect(Object.keys(held)).toHaveLength(64);
  });
});
