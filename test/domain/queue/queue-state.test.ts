import { describe, expect, test } from '@jest/globals';
import type { HeldConditions } from '../../../lambda/domain/condition/held-conditions.ts';
import {
  EMPTY_QUEUE_STATE,
  endOfState,
  queueStateKey,
  withQueueState,
  withSignal,
} from '../../../lambda/domain/queue/queue-state.ts';
import { QUEUE_ARN, queuedContact } from '../../support/contacts.ts';

const RECORD = queuedContact();
const texts = ({ history }: typeof RECORD) => history.map(({ text }) => text);

test('a queue has one state, however its ARN is written', () => {
  expect(queueStateKey(QUEUE_ARN)).toBe('q-1');
  expect(queueStateKey('billing')).toBe('billing');
});

test('a signal that is sent beside others leaves them as they are', () => {
  const state = withSignal(
    { ...EMPTY_QUEUE_STATE, name: { value: 'Billing', at: 1 } },
    'a',
    { at: 1, until: 9 },
    1,
  );
  expect(withSignal(state, 'b', { at: 2, until: 5 }, 2)).toEqual({
    name: { value: 'Billing', at: 1 },
    signals: { a: { at: 1, until: 9 }, b: { at: 2, until: 5 } },
  });
});

test.each<[state: object, end: number]>([
  [{}, 20],
  [{ signals: { a: { at: 1, until: 30 }, b: { at: 1, until: 25 } } }, 30],
  [{ conditions: { a: { since: 1, until: 28 } } }, 28],
  [{ signals: { a: { at: 1, until: 10 } } }, 20],
])('the state %j is over with the last that it holds', (state, end) => {
  expect(endOfState({ ...EMPTY_QUEUE_STATE, ...state }, 20)).toBe(end);
});

describe('a contact has the conditions that hold for its queue', () => {
  const held = { since: 5, until: 100 };
  const withConditions = (conditions: HeldConditions, record = RECORD, now = 10) =>
    withQueueState(record, QUEUE_ARN, { signals: {}, conditions }, now);

  test('since they began', () => {
    const record = withConditions({ b: held, a: { since: 7, until: 100 }, over: { since: 1, until: 10 } });
    expect(record.queueConditions).toEqual({
      a: { at: 7, queueArn: QUEUE_ARN },
      b: { at: 5, queueArn: QUEUE_ARN },
    });
    expect(record.history.at(-1)).toEqual({ at: 10, text: 'condition a holds, b holds in its queue' });
    expect(withConditions({ b: held, a: { since: 7, until: 200 } }, record, 11)).toBe(record);
    expect(withConditions({})).toBe(RECORD);
  });

  test('until the next look at the queue', () => {
    const before = withConditions({ a: held, b: held });
    const record = withConditions({ b: held, c: held }, before, 20);
    expect(record.queueConditions).toEqual({
      b: { at: 5, queueArn: QUEUE_ARN },
      c: { at: 5, queueArn: QUEUE_ARN },
    });
    expect(record.history.at(-1)).toEqual({
      at: 20,
      text: 'condition c holds, a holds no more in its queue',
    });
    const none = withConditions({}, record, 30);
    expect(none).not.toHaveProperty('queueConditions');
    expect(none.history.at(-1)).toEqual({
      at: 30,
      text: 'condition b holds no more, c holds no more in its queue',
    });
  });

  test('and its history says nothing where one ended and began again between two looks', () => {
    const before = withConditions({ a: held });
    const record = withConditions({ a: { since: 15, until: 100 } }, before, 20);
    expect(record.queueConditions).toEqual({ a: { at: 15, queueArn: QUEUE_ARN } });
    expect(texts(record)).toEqual(texts(before));
  });

  test('whatever their names are', () => {
    const record = withConditions({ constructor: held });
    expect(Object.keys(record.queueConditions ?? {})).toEqual(['constructor']);
    expect(record.history.at(-1)?.text).toBe('condition constructor holds in its queue');
  });
});

describe('a contact has the signals that were sent for its queue', () => {
  const withSignals = (
    signals: Record<string, { at: number; until?: number }>,
    record = RECORD,
    arn = QUEUE_ARN,
  ) => withQueueState(record, arn, { signals }, 10);

  test('that hold, each with its end', () => {
    const record = withSignals({
      a: { at: 1, until: 20 },
      b: { at: 2, until: 11 },
      over: { at: 1, until: 10 },
    });
    expect(record.queueSignals).toEqual({
      a: { at: 1, until: 20, queueArn: QUEUE_ARN },
      b: { at: 2, until: 11, queueArn: QUEUE_ARN },
    });
    expect(texts(record)).toEqual(['signal a, b of its queue']);
  });

  test.each<[before: { until?: number }, sent: { until?: number }, isKnown: boolean]>([
    [{ until: 20 }, { until: 20 }, true],
    [{ until: 20 }, { until: 15 }, true],
    [{ until: 20 }, { until: 21 }, false],
    [{ until: 20 }, {}, false],
    [{}, { until: 20 }, true],
    [{}, {}, true],
  ])('once: until %j, sent again until %j', (before, sent, isKnown) => {
    const record = withSignals({ a: { at: 1, ...before } });
    expect(withSignals({ a: { at: 1, ...sent } }, record) === record).toBe(isKnown);
  });

  test('again where it has that of another queue', () => {
    const record = withSignals({ a: { at: 1, until: 20 } });
    const moved = withSignals({ a: { at: 2, until: 20 } }, record, `${QUEUE_ARN}x`);
    expect(moved.queueSignals).toEqual({ a: { at: 2, until: 20, queueArn: `${QUEUE_ARN}x` } });
    const own = { ...RECORD, queueSignals: { a: { at: 1, until: 20 } } };
    expect(withSignals({ a: { at: 2, until: 20 } }, own).queueSignals).toEqual({
      a: { at: 2, until: 20, queueArn: QUEUE_ARN },
    });
  });

  test('whatever their names are', () => {
    expect(Object.keys(withSignals({ toString: { at: 1, until: 20 } }).queueSignals ?? {})).toEqual([
      'toString',
    ]);
  });
});
