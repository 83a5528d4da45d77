import { describe, expect, test } from '@jest/globals';
import { placeInLine } from '../../../cli/explain/place-in-line.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import type { Routing } from '../../../lambda/domain/routing/routing.ts';
import { atSecond, QUEUE_ARN, queuedContact } from '../../support/contacts.ts';

/** A contact that was enqueued at a second. Without a routing nothing is known of it. */
function waiting(contactId: string, second: number, applied?: Routing, others: Partial<ContactRecord> = {}) {
  const enqueuedAt = atSecond(second);
  const status = applied && { queueVisit: `${QUEUE_ARN}@${enqueuedAt}`, applied, isObserved: true };
  return {
    ...queuedContact({ contactId, queue: { arn: QUEUE_ARN, enqueuedAt } }),
    contactId,
    ...(status && { status }),
    ...others,
  };
}

const LAG = { routingLagSeconds: 60, ageAdjustment: 'absolute' } as const;
const NOW = atSecond(900);

const known = (priority: number, ageSeconds = 0) => ({ priority, ageSeconds });

describe('the place in line', () => {
  const self = waiting('self', 100, known(3));
  test.each<[name: string, others: ContactRecord[], place: number, waiting: number, assumed: number]>([
    ['alone', [self], 1, 1, 0],
    ['after a more urgent priority, however late it came', [waiting('a', 500, known(1))], 2, 2, 0],
    ['before a less urgent priority, however early it came', [waiting('a', 0, known(5))], 1, 2, 0],
    ['after an earlier one of the same priority', [waiting('a', 50, known(3))], 2, 2, 0],
    [
      'after a later one of the same priority whose age makes it older',
      [waiting('a', 150, known(3, 51))],
      2,
      2,
      0,
    ],
    ['before one whose age does not', [waiting('a', 150, known(3, 49))], 1, 2, 0],
    ['before one of which nothing is known: priority 5 is assumed', [waiting('a', 0)], 1, 2, 1],
    ['without one that has left', [{ ...waiting('a', 0, known(1)), closedAt: atSecond(1) }], 1, 1, 0],
    [
      'without one of another queue',
      [waiting('a', 0, known(1), queuedContact({ queue: { arn: `${QUEUE_ARN}2`, enqueuedAt: 0 } }))],
      1,
      1,
      0,
    ],
    [
      'with one whose last update has no known result',
      [
        waiting('a', 50, undefined, {
          status: {
            queueVisit: `${QUEUE_ARN}@${atSecond(50)}`,
            applied: known(1),
            isObserved: true,
            unconfirmed: ['priority'],
          },
        }),
      ],
      2,
      2,
      1,
    ],
  ])('%s', (_name, others, place, count, assumed) => {
    expect(placeInLine(self, others, false, LAG, NOW)).toEqual({
      place,
      waiting: count,
      assumed,
      isOwnAssumed: false,
      isPartial: false,
    });
  });

  test('of a contact of which nothing is known, and of one that does not wait', () => {
    expect(placeInLine(waiting('self', 100), [], true, LAG, NOW)).toMatchObject({
      isOwnAssumed: true,
      isPartial: true,
    });
    expect(placeInLine(queuedContact({ disconnectedAt: atSecond(1) }), [], false, LAG, NOW)).toBeUndefined();
  });
});
