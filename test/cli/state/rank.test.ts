import { describe, expect, test } from '@jest/globals';
import { rankOf } from '../../../cli/state/rank.ts';
import type { HistoryEntry } from '../../../lambda/domain/contact/record.ts';
import type { RoutingStatus } from '../../../lambda/domain/contact/routing-status.ts';
import { atSecond, QUEUE_ARN, queuedContact, T0 } from '../../support/contacts.ts';

const NOW = atSecond(600);
const LAG = { routingLagSeconds: 60, ageAdjustment: 'absolute' } as const;

function rank(
  status: Partial<RoutingStatus>,
  history: readonly HistoryEntry[] = [],
  settings: Parameters<typeof rankOf>[1] = LAG,
) {
  const record = queuedContact();
  const known = { queueVisit: `${QUEUE_ARN}@${T0}`, applied: {}, isObserved: true, ...status };
  return rankOf({ ...record, status: known, history }, settings, NOW);
}

const applied = (second: number, update: object, result = 'applied'): HistoryEntry => ({
  at: atSecond(second),
  text: `${result} ${JSON.stringify(update)}`,
});

describe('the rank of a contact', () => {
  test('is by its priority, and by the time of its enqueue less its age', () => {
    expect(rank({ applied: { priority: 2, ageSeconds: 90 } })).toEqual({
      priority: 2,
      ageSeconds: 90,
      rankedAt: T0 - 90_000,
      certainty: 'known',
      coming: { priority: 2, ageSeconds: 90 },
    });
  });

  test('has the defaults of Connect for what is not known, and says how sure that is', () => {
    expect(rank({ isObserved: false })).toMatchObject({ priority: 5, ageSeconds: 0, certainty: 'assumed' });
    expect(rank({ applied: { priority: 1 }, unconfirmed: ['priority'] }).certainty).toBe('unconfirmed');
  });

  test('is not that of an earlier visit to a queue', () => {
    expect(rank({ queueVisit: `${QUEUE_ARN}@${T0 - 1}`, applied: { priority: 1 } })).toMatchObject({
      priority: 5,
      certainty: 'assumed',
    });
  });
});

describe('an update', () => {
  test('counts once the routing lag is over', () => {
    const status = { applied: { priority: 1 }, initial: { priority: 4 } };
    const at = (second: number) => rank(status, [applied(second, { QueuePriority: 1 })]);
    expect(at(540)).toMatchObject({ priority: 1, coming: { priority: 1 } });
    expect(at(541)).toMatchObject({ priority: 4, coming: { priority: 1 } });
  });

  test('gives way to the one before it until then', () => {
    const history = [
      applied(100, { QueuePriority: 3 }),
      applied(200, { QueueTimeAdjustmentSeconds: 60 }),
      applied(560, { QueuePriority: 2 }),
      applied(580, { QueueTimeAdjustmentSeconds: 120 }),
    ];
    expect(rank({ applied: { priority: 2, ageSeconds: 120 } }, history)).toMatchObject({
      priority: 3,
      ageSeconds: 60,
      rankedAt: T0 - 60_000,
    });
  });

  test('is taken off the age where ages add up', () => {
    const history = [
      applied(100, { QueueTimeAdjustmentSeconds: 60 }),
      applied(580, { QueueTimeAdjustmentSeconds: 30 }),
    ];
    const ranked = rank({ applied: { ageSeconds: 90 } }, history, { ...LAG, ageAdjustment: 'incremental' });
    expect(ranked.ageSeconds).toBe(60);
  });

  test('may have been made where its result is not known, and was not where Connect rejected it', () => {
    const status = { applied: { priority: 1 } };
    const line = (result: string) => rank(status, [applied(590, { QueuePriority: 1 }, result)]).priority;
    expect(line('result unknown of')).toBe(5);
    expect(line('rejected')).toBe(1);
  });

  test('of an earlier visit does not count', () => {
    const history = [applied(-10, { QueuePriority: 3 }), applied(590, { QueuePriority: 1 })];
    expect(rank({ applied: { priority: 1 } }, history).priority).toBe(5);
  });
});
