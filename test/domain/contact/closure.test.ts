import { describe, expect, test } from '@jest/globals';
import { markClosed, reopen, reopensAt } from '../../../lambda/domain/contact/closure.ts';
import type { ContactFacts } from '../../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { atSecond, QUEUE_ARN, queuedContact } from '../../support/contacts.ts';

const REGION = 'eu-central-1';
const closed = (cause: 'not-found' | 'other-region', record: ContactRecord = queuedContact()) =>
  markClosed(record, { message: 'E: m', cause }, atSecond(10));
const withFacts = (record: ContactRecord, facts: Partial<ContactFacts>): ContactRecord => ({
  ...record,
  facts: { ...(record.facts as ContactFacts), ...facts },
});
const isOpen = (record: ContactRecord, second = 15) =>
  reopen(record, REGION, atSecond(second)).closedAt === undefined;

test('a contact that is open is not reopened, whatever it was closed for before', () => {
  const record = withFacts(closed('not-found'), {
    queue: { arn: `${QUEUE_ARN}2`, enqueuedAt: atSecond(12) },
  });
  const reopened = reopen(record, REGION, atSecond(15));
  expect(reopened.history.at(-1)?.text).toBe('reopened');
  expect(reopen(reopened, REGION, atSecond(16))).toBe(reopened);
});

describe('a contact that Connect did not find', () => {
  const record = closed('not-found');

  test.each<[string, boolean, ContactRecord]>([
    ['nothing new', false, record],
    ['an earlier event', false, withFacts(record, { eventAt: atSecond(9) })],
    ['a newer event, by which it waits', true, withFacts(record, { eventAt: atSecond(12) })],
    [
      'a newer event, by which it has left',
      false,
      withFacts(record, { eventAt: atSecond(12), disconnectedAt: atSecond(12) }),
    ],
    ['an event of the future', false, withFacts(record, { eventAt: atSecond(99) })],
    [
      'another queue visit, begun before the closing',
      true,
      withFacts(record, { queue: { arn: `${QUEUE_ARN}2`, enqueuedAt: atSecond(9) } }),
    ],
    ['an override sent before', false, { ...record, override: { at: atSecond(9), set: { priority: 1 } } }],
    ['an override sent since', true, { ...record, override: { at: atSecond(12), set: { priority: 1 } } }],
    ['a release sent since', true, { ...record, override: { at: atSecond(12) } }],
    ['a signal sent before', false, { ...record, signals: { angry: { at: atSecond(9) } } }],
    ['a signal sent since', true, { ...record, signals: { angry: { at: atSecond(12) } } }],
    [
      'a signal sent to its queue since',
      false,
      { ...record, queueSignals: { breach: { at: atSecond(12), queueArn: QUEUE_ARN } } },
    ],
  ])('%s: open again is %s', (_name, expected, given) => {
    expect(isOpen(given)).toBe(expected);
  });

  test('is tried again after 10 seconds, 1, 5 and 15 minutes, and not after that', () => {
    let again = record;
    const delays: number[] = [];
    for (let at = reopensAt(again); at !== undefined; at = reopensAt(again)) {
      delays.push((at - (again.closedAt ?? 0)) / 1_000);
      expect(reopen(again, REGION, at - 1)).toBe(again);
      again = markClosed(reopen(again, REGION, at), { message: 'E: m' }, at);
    }
    expect(delays).toEqual([10, 60, 300, 900]);
    expect(isOpen(again, 1e6)).toBe(false);
  });

  test('is never tried again once it is known to have left', () => {
    const left = withFacts(record, { connectedAt: atSecond(11) });
    expect(reopensAt(left)).toBe(undefined);
    expect(isOpen(left, 1_000)).toBe(false);
  });

  test('is tried as often again in another queue visit', () => {
    const moved = withFacts({ ...record, closure: { cause: 'not-found', queueVisit: 'x@1', count: 5 } }, {});
    expect(markClosed(moved, { message: 'E: m' }, atSecond(20)).closure?.count).toBe(1);
  });
});

describe('a contact that another Region owns', () => {
  const record = closed('other-region');
  const region = (value: string, second: number) =>
    withFacts(record, { activeRegion: { at: atSecond(second), value }, eventAt: atSecond(12) });

  test.each<[string, boolean, ContactRecord]>([
    ['a newer event alone, which both Regions get', false, withFacts(record, { eventAt: atSecond(12) })],
    ['a newer event that names this Region', true, region(REGION, 12)],
    ['an earlier event that named this Region', false, region(REGION, 9)],
    ['a newer event that names the other Region', false, region('us-east-1', 12)],
    ['a signal sent since', false, { ...record, signals: { angry: { at: atSecond(12) } } }],
    ['an override sent since', true, { ...record, override: { at: atSecond(12), set: { priority: 1 } } }],
  ])('%s: open again is %s', (_name, expected, given) => {
    expect(isOpen(given)).toBe(expected);
  });

  test('is asked about anew: the other Region may have changed its routing', () => {
    const status = { queueVisit: 'v', applied: { priority: 2, ageSeconds: 0 }, isObserved: true };
    const back = { ...region(REGION, 12), status };
    expect(reopen(back, REGION, atSecond(15)).status).toMatchObject({
      applied: {},
      isObserved: false,
      isForgotten: true,
    });
  });
});

describe('the closing of a contact', () => {
  const record = queuedContact();
  const close = (given: ContactRecord, cause?: 'other-region') =>
    markClosed(given, { message: 'E: m', cause }, atSecond(10));

  test('is for a contact that is not found, where nothing else is said', () => {
    expect(close(record)).toMatchObject({
      closedAt: atSecond(10),
      closure: { cause: 'not-found', count: 1, queueVisit: `${QUEUE_ARN}@${atSecond(0)}` },
      history: [{ at: atSecond(10), text: 'closed: E: m' }],
    });
  });

  test('names no visit where none is known', () => {
    const { facts: _facts, ...rest } = record;
    expect(close(rest).closure).toStrictEqual({ cause: 'not-found', count: 1 });
    // Nothing is known of it later either: it is the same.
    expect(close(close(rest)).closure).toStrictEqual({ cause: 'not-found', count: 2 });
  });

  test('counts on where the exact time of the visit became known meanwhile', () => {
    const approximate = queuedContact({
      queue: undefined,
      approximateQueue: { arn: QUEUE_ARN, enqueuedAt: atSecond(1) },
    });
    const exact = withFacts(close(approximate), { queue: { arn: QUEUE_ARN, enqueuedAt: atSecond(0) } });
    expect(close(exact).closure?.count).toBe(2);
  });

  test('is undone with a line of history, and with the status as it is', () => {
    const status = { queueVisit: 'v', applied: { priority: 2 }, isObserved: true };
    const closedOne = { ...close(record), status };
    const reopened = reopen(closedOne, REGION, atSecond(20));
    expect(reopened.history.at(-1)).toEqual({ at: atSecond(20), text: 'reopened' });
    expect(reopened.status).toBe(status);
  });

  test('of a record that does not say why is undone by a newer event, not by one of the same moment', () => {
    const { closure: _closure, ...old } = close(record);
    expect(isOpen(withFacts(old, { eventAt: atSecond(10) }))).toBe(false);
    expect(isOpen(withFacts(old, { eventAt: atSecond(11) }))).toBe(true);
    expect(isOpen(old, 20)).toBe(true);
    expect(isOpen(old, 19)).toBe(false);
  });

  test('of a contact that does not wait, or is not closed, is not undone', () => {
    expect(reopen(record, REGION, atSecond(99))).toBe(record);
    const left = withFacts(close(record), { disconnectedAt: atSecond(11), eventAt: atSecond(11) });
    expect(reopen(left, REGION, atSecond(99))).toBe(left);
  });
});
