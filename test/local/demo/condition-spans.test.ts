import { describe, expect, test } from '@jest/globals';
import type { Condition } from '../../../lambda/domain/condition/condition.ts';
import { parseCondition } from '../../../lambda/domain/condition/parse.ts';
import { conditionSpans, possibleSignals } from '../../../local/demo/condition-spans.ts';
import { atSecond } from '../../support/contacts.ts';

const BUSY = parseCondition('busy', {
  channel: 'VOICE',
  when: { waiting: [{ numeric: ['>', 5] }] },
  until: { waiting: [{ numeric: ['<', 3] }] },
}).condition as Condition;

const read = (second: number, waiting: number, channel = 'VOICE') => ({
  at: atSecond(second),
  queueId: 'q',
  channel,
  load: { waiting, oldestSeconds: 0, agentsStaffed: 1, agentsAvailable: 0 },
});

describe('when conditions held', () => {
  test.each([
    [
      'from the poll that sees one begin until the one that sees its end',
      [
        [0, 5],
        [15, 6],
        [30, 4],
        [45, 2],
      ],
      [[15, 45]],
    ],
    [
      'until the end of the demo',
      [
        [0, 6],
        [15, 6],
      ],
      [[0, undefined]],
    ],
    [
      'twice',
      [
        [0, 6],
        [15, 2],
        [30, 9],
        [45, 0],
      ],
      [
        [0, 15],
        [30, 45],
      ],
    ],
    [
      'never',
      [
        [0, 5],
        [15, 5],
      ],
      [],
    ],
    [
      'until a minute after the last look, if nobody looks for longer',
      [
        [0, 6],
        [90, 2],
      ],
      [[0, 60]],
    ],
  ] as const)('%s', (_name, loads, spans) => {
    const reads = loads.map(([second, waiting]) => read(second, waiting));
    expect(conditionSpans([BUSY], reads)).toEqual(
      spans.map(([from, until]) => ({
        name: 'busy',
        from: atSecond(from),
        ...(until !== undefined && { until: atSecond(until) }),
      })),
    );
  });

  test('by the reads of their own channel', () => {
    const reads = [read(0, 9, 'CHAT'), read(15, 9), read(20, 0, 'CHAT'), read(30, 9)];
    expect(conditionSpans([BUSY], reads)).toEqual([{ name: 'busy', from: atSecond(15) }]);
  });
});

describe('when a contact may have had the signal of a condition', () => {
  const spans = [{ name: 'busy', from: atSecond(60), until: atSecond(120) }];
  const signals = (enqueued: number, left: number) =>
    possibleSignals(spans, atSecond(enqueued), atSecond(left)).map((all) =>
      all.map(({ at, until }) => [(at - atSecond(0)) / 1_000, ((until ?? Number.NaN) - atSecond(0)) / 1_000]),
    );

  test.each([
    [
      'waits at its beginning and at its end',
      0,
      300,
      [[[60, 120]], [[60, 125]], [[60, 135]], [[65, 120]], [[65, 125]], [[65, 135]]],
    ],
    ['comes while it holds', 80, 300, [[[60, 120]], [[60, 125]], [[60, 135]]]],
    ['comes just before its end is written', 130, 300, [[[60, 120]], [[60, 125]], [[60, 135]]]],
    ['leaves before it begins', 0, 60, [[]]],
    ['comes later', 135, 300, [[]]],
  ])('that %s', (_name, enqueued, left, possible) => {
    expect(signals(enqueued, left)).toEqual(possible);
  });

  test('without an end that nobody saw', () => {
    const open = [{ name: 'busy', from: atSecond(60) }];
    expect(possibleSignals(open, atSecond(70), atSecond(300))).toEqual([
      [{ name: 'busy', at: atSecond(60) }],
    ]);
  });
});
