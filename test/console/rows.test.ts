import { describe, expect, test } from '@jest/globals';
import type { QueueLine } from '../../cli/state/queue-line.ts';
import type { WaitingContact } from '../../cli/state/waiting-contact.ts';
import { ROW_PX, rangeOf } from '../../console/contacts/row-range.ts';
import { type Row, rowsOf, selectRows, sortRows } from '../../console/rows.ts';
import { INSTANCE, QUEUE_ARN, T0 } from '../support/contacts.ts';

function contact(contactId: string, rest: Partial<WaitingContact> = {}): WaitingContact {
  return {
    instanceId: INSTANCE,
    contactId,
    queueArn: QUEUE_ARN,
    enqueuedAt: T0,
    priority: 5,
    ageSeconds: 0,
    rankedAt: T0,
    certainty: 'known',
    coming: { priority: 5, ageSeconds: 0 },
    tags: {},
    signals: [],
    isPaused: false,
    holds: [],
    ...rest,
  };
}

const line = (id: string, contacts: readonly WaitingContact[], name?: string): QueueLine => ({
  arn: `${QUEUE_ARN}/${id}`,
  id,
  ...(name !== undefined && { name }),
  oldestAt: T0,
  signals: [],
  conditions: [],
  contacts,
});

const ROWS = rowsOf([
  line(
    'q-1',
    [
      contact('due', {
        due: { changes: { priority: 1 } },
        holds: ['turn'],
        policy: 'gold',
        tags: { tier: 'GOLD' },
      }),
      contact('late', { targetAt: T0 + 1_000, channel: 'CHAT' }),
      contact('ann', { override: { at: T0, actor: 'ann' }, holds: ['override'] }),
      contact('paused', { isPaused: true }),
    ],
    'Billing',
  ),
  line('q-2', [contact('other', { signals: ['storm'] })]),
]);
const ids = (rows: readonly Row[]) => rows.map((row) => row.contact.contactId);
const select = (address: Partial<Parameters<typeof selectRows>[1]>, now = T0) =>
  ids(selectRows(ROWS, { find: '', ...address }, now));

describe('the rows', () => {
  test('are queue by queue, with places; a paused task has none', () => {
    expect(ROWS.map(({ key, place }) => [key, place])).toEqual([
      ['i-1#due', 1],
      ['i-1#late', 2],
      ['i-1#ann', 3],
      ['i-1#paused', undefined],
      ['i-1#other', 1],
    ]);
  });

  test.each<[Partial<Parameters<typeof selectRows>[1]>, readonly string[]]>([
    [{}, ['due', 'late', 'ann', 'paused', 'other']],
    [{ queue: 'q-2' }, ['other']],
    [{ policy: 'gold' }, ['due']],
    [{ is: 'due' }, ['due']],
    [{ is: 'held' }, ['due']],
    [{ is: 'overridden' }, ['ann']],
    [{ find: 'gold' }, ['due']],
    [{ find: ' chat ' }, ['late']],
    [{ find: 'STORM' }, ['other']],
    [{ find: 'billing', is: 'overridden' }, ['ann']],
    [{ find: 'nothing of it' }, []],
  ])('are filtered by %j', (address, expected) => {
    expect(select(address)).toEqual(expected);
  });

  test('become late by time alone', () => {
    expect(select({ is: 'late' }, T0 + 1_000)).toEqual([]);
    expect(select({ is: 'late' }, T0 + 1_001)).toEqual(['late']);
  });

  test('are sorted by a value, and rows without one come last in either direction', () => {
    const byTarget = ({ contact: { targetAt, contactId } }: Row) =>
      targetAt ?? (contactId === 'due' ? 0 : undefined);
    expect(ids(sortRows(ROWS, byTarget, false))).toEqual(['due', 'late', 'ann', 'paused', 'other']);
    expect(ids(sortRows(ROWS, byTarget, true))).toEqual(['late', 'due', 'ann', 'paused', 'other']);
    expect(ids(sortRows(ROWS, undefined, false))).toEqual(ids(ROWS));
  });

  test.each([
    [0, 0, 280, { first: 0, end: 0 }],
    [100, 0, 280, { first: 0, end: 18 }],
    [5, 0, 280, { first: 0, end: 5 }],
    [10_000, 0, 280, { first: 0, end: 18 }],
    [10_000, 5_000 * ROW_PX, 280, { first: 4_992, end: 5_018 }],
    [10_000, 10_000 * ROW_PX, 280, { first: 9_982, end: 10_000 }],
    // A filter has left fewer rows than the box was scrolled to.
    [3, 5_000 * ROW_PX, 280, { first: 0, end: 3 }],
    [100, 5_000 * ROW_PX, 280, { first: 82, end: 100 }],
  ])(
    'that are drawn of %i at %i: those that are visible, and some beyond',
    (count, top, height, expected) => {
      expect(rangeOf(count, top, height)).toEqual(expected);
    },
  );
});
