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
  reopen(record, REGION, true, atSecond(second)).closedAt === undefined;

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
      expect(reopen(again, REGION, true, at - 1)).toBe(again);
      again = markClosed(reopen(again, REGION, true, at), { message: 'E: m' }, at);
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
    expect(reopen(back, REGION, true, atSecond(15)).status).toMatchObject({ applied: {}, isObserved: false });
  });
});
