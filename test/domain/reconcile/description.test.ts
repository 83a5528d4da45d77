import { describe, expect, test } from '@jest/globals';
import { markClosed } from '../../../lambda/domain/contact/closure.ts';
import { type ContactFacts, queueVisitId } from '../../../lambda/domain/contact/facts.ts';
import { TEST_ATTRIBUTE } from '../../../lambda/domain/contact/parse-event.ts';
import { type ContactRecord, emptyRecord } from '../../../lambda/domain/contact/record.ts';
import { forgottenStatus } from '../../../lambda/domain/contact/routing-status.ts';
import { type AnsweredContact, answeredFacts } from '../../../lambda/domain/reconcile/answered-facts.ts';
import {
  applyDescription,
  type ContactDescription,
  describeNeed,
  scheduleDescribeRetry,
  snapshotForDescribe,
} from '../../../lambda/domain/reconcile/description.ts';
import { atSecond, context, KEY, QUEUE_ARN, queuedContact, T0 } from '../../support/contacts.ts';
import { criteria } from '../../support/criteria.ts';

const ASKED_AT = atSecond(10);
/** The last moment of the second before the question. */
const BEFORE_ASKED = ASKED_AT - (ASKED_AT % 1_000) - 1;
const CUT = T0 - (T0 % 1_000);
const NAMES = context({
  all: {
    match: { tags: { tier: ['gold'] }, segmentAttributes: { level: ['high'] } },
    steps: [{ after: '0s', set: { priority: 2 } }],
  },
}).policies;

describe('the facts of an answer', () => {
  test.each<[string, AnsweredContact, Partial<ContactFacts>]>([
    [
      'its chain',
      { initialContactId: 'a', previousContactId: 'b' },
      { initialContactId: 'a', previousContactId: 'b' },
    ],
    [
      'its kind',
      { channel: 'CHAT', initiationMethod: 'API', initiatedAt: 5 },
      { channel: 'CHAT', initiationMethod: 'API', initiatedAt: 5 },
    ],
    ['who dials', { dialer: 'campaign' }, { dialer: 'campaign' }],
    [
      'an exact enqueue',
      { queue: { arn: QUEUE_ARN, enqueuedAt: T0 } },
      { queue: { arn: QUEUE_ARN, enqueuedAt: T0 }, firstEnqueuedAt: T0 },
    ],
    [
      'an enqueue that may be cut to its second',
      { queue: { arn: QUEUE_ARN, enqueuedAt: CUT } },
      { approximateQueue: { arn: QUEUE_ARN, enqueuedAt: CUT }, firstEnqueuedAt: CUT + 999 },
    ],
    [
      'exact ends of its wait',
      { connectedAt: T0, disconnectedAt: T0 + 1 },
      { connectedAt: T0, disconnectedAt: T0 + 1 },
    ],
    [
      'ends of its wait that may be cut',
      { connectedAt: CUT, disconnectedAt: CUT + 1_000 },
      { connectedAt: CUT + 999, disconnectedAt: CUT + 1_999 },
    ],
    ['its pause and its resume', { pausedAt: 5, resumedAt: 7 }, { pauses: [5], resumes: [7] }],
    [
      'its Region, as of the second before',
      { activeRegion: 'eu-west-2' },
      { activeRegion: { at: BEFORE_ASKED, value: 'eu-west-2' } },
    ],
    [
      'the Region of its origin, from the start, where it names no active one',
      { originRegion: 'eu-west-2' },
      { activeRegion: { at: 0, value: 'eu-west-2' } },
    ],
    [
      'tags without personal data, and segment attributes that policies name',
      {
        tags: { tier: 'gold', contact: 'ada@example.com' },
        segmentAttributes: { level: 'high', other: 'x' },
      },
      {
        tags: { at: BEFORE_ASKED, value: { tier: 'gold' } },
        segmentAttributes: { at: BEFORE_ASKED, value: { level: 'high' } },
      },
    ],
    ['nothing that is not set', {}, {}],
  ])('are %s', (_name, answer, expected) => {
    expect(answeredFacts(KEY, answer, ASKED_AT, NAMES)).toEqual({ ...KEY, ...expected });
  });

  test('are neither tags nor segment attributes where it is not known what policies name', () => {
    const answer = { tags: { tier: 'gold' }, segmentAttributes: { level: 'high' } };
    expect(answeredFacts(KEY, answer, ASKED_AT, undefined)).toEqual(KEY);
  });

  test('say that the contact is a test, also where it is not known what policies name', () => {
    const answer = { segmentAttributes: { [TEST_ATTRIBUTE]: 'x' } };
    expect(answeredFacts(KEY, answer, ASKED_AT, undefined)).toEqual({ ...KEY, isTest: true });
  });
});

const ANSWER: ContactDescription = {
  routing: { priority: 3 },
  attributes: { value: 'high', name: 'Ada' },
  channel: 'VOICE',
  initiationMethod: 'INBOUND',
  initiatedAt: T0 - 20_000,
  queue: { arn: QUEUE_ARN, enqueuedAt: T0 },
};

function answered(record: ContactRecord, description: Partial<ContactDescription> = {}): ContactRecord {
  const snapshot = snapshotForDescribe(record, { kind: 'attributes', names: ['value'] } as never, ASKED_AT);
  return applyDescription(record, { ...ANSWER, ...description }, snapshot, NAMES);
}

const status = { queueVisit: queueVisitId(queuedContact().facts) ?? '', applied: {}, isObserved: false };

describe('an answer about a contact', () => {
  test('has the routing, the attributes that were asked for, and ends the question', () => {
    const record = { ...queuedContact(), status, look: { at: T0 } };
    const after = answered(record);
    expect(after.status).toMatchObject({ isObserved: true, applied: { priority: 3, ageSeconds: 0 } });
    expect(after.attributes).toEqual({ changedAt: 0, names: ['value'], values: { value: 'high' } });
    expect(after).not.toHaveProperty('look');
    expect(after).not.toHaveProperty('isUndecided');
  });

  test('stores no attributes where none were asked for, and those of observing policies beside others', () => {
    const record = { ...queuedContact(), status };
    const ask = (given: ContactRecord, names: string[]) =>
      applyDescription(
        given,
        ANSWER,
        snapshotForDescribe(
          given,
          names.length > 0 ? ({ kind: 'attributes', names } as never) : undefined,
          ASKED_AT,
        ),
        NAMES,
      ).attributes;
    expect(ask(record, [])).toBe(undefined);
    const shadows = { queueVisit: 'v', policies: [], requiredAttributes: ['name', 'a'] };
    expect(ask({ ...record, shadows }, ['value', 'name'])?.names).toEqual(['a', 'name', 'value']);
    expect(ask({ ...record, shadows }, [])?.values).toEqual({ name: 'Ada' });
  });

  test('covers the attributes as they had changed by the time of the question', () => {
    expect(answered(queuedContact({ attributesChangedAt: 7 })).attributes?.changedAt).toBe(7);
  });

  test.each<[string, ContactRecord, boolean]>([
    ['was closed before the question', markClosed(queuedContact(), { message: 'm' }, ASKED_AT - 1), true],
    [
      'was closed in the moment of the question',
      markClosed(queuedContact(), { message: 'm' }, ASKED_AT),
      false,
    ],
    ['was closed after the question', markClosed(queuedContact(), { message: 'm' }, ASKED_AT + 1), false],
    [
      'was closed for another Region',
      markClosed(queuedContact(), { message: 'm', cause: 'other-region' }, ASKED_AT - 1),
      false,
    ],
    ['was closed by a version that did not say why', { ...queuedContact(), closedAt: ASKED_AT - 1 }, true],
  ])('opens it again where it %s: %#', (_name, record, isOpen) => {
    const after = answered(record);
    expect(after.closedAt).toBe(isOpen ? undefined : record.closedAt);
    expect(after.isUndecided).toBe(isOpen ? true : undefined);
  });

  test('leaves it undecided where it was, or where the answer adds what a decision depends on', () => {
    expect(answered({ ...queuedContact(), isUndecided: true }).isUndecided).toBe(true);
    expect(answered(queuedContact(), { tags: { tier: 'gold' } }).isUndecided).toBe(true);
    expect(answered(emptyRecord(KEY)).isUndecided).toBe(true);
  });

  test.each<[string, Partial<ContactDescription>]>([
    ['tags', { tags: { tier: 'gold' } }],
    ['segment attributes', { segmentAttributes: { level: 'high' } }],
    ['Region', { activeRegion: 'eu-central-1' }],
    ['empty tags and segment attributes, as events have none', { tags: {}, segmentAttributes: {} }],
  ])('that says the same of its %s at another time leaves the decision as it is', (_name, same) => {
    const { isUndecided: _isUndecided, ...first } = answered(queuedContact(), same);
    const { tags, segmentAttributes, activeRegion, ...rest } = first.facts as ContactFacts;
    const isFilled = (one?: { readonly value: object | string }) => one && Object.keys(one.value).length > 0;
    const facts: ContactFacts = {
      ...rest,
      ...(tags && isFilled(tags) && { tags: { ...tags, at: 0 } }),
      ...(segmentAttributes &&
        isFilled(segmentAttributes) && { segmentAttributes: { ...segmentAttributes, at: 0 } }),
      ...(activeRegion && { activeRegion: { ...activeRegion, at: 0 } }),
    };
    expect(answered({ ...first, facts }, same)).not.toHaveProperty('isUndecided');
  });

  test('has the routing of the flow, unless an update may have set it', () => {
    const initialAfter = (changes: object) =>
      answered({ ...queuedContact(), status: { ...status, ...changes } }).status?.initial;
    expect(initialAfter({})).toEqual({ priority: 3, ageSeconds: 0 });
    expect(initialAfter({ unconfirmed: ['criteria'] })).toBeUndefined();
    expect(initialAfter({ applied: { priority: 2 } })).toBeUndefined();
    expect(initialAfter({ initial: { priority: 4 } })).toEqual({ priority: 4 });
  });

  test('of which nothing was known begins its visit with the routing of the answer', () => {
    const after = answered(emptyRecord(KEY));
    expect(after.facts).toMatchObject({ queue: { arn: QUEUE_ARN, enqueuedAt: T0 }, channel: 'VOICE' });
    expect(after.status).toMatchObject({
      queueVisit: status.queueVisit,
      isObserved: true,
      applied: { priority: 3 },
      initial: { priority: 3 },
    });
  });

  test('tells nothing of the routing of a visit that it does not know yet', () => {
    const later = queuedContact({ queue: { arn: 'arn:other', enqueuedAt: atSecond(9) } });
    expect(answered({ ...later, status }).status).toEqual(status);
    expect(answered(later).status).toBe(undefined);
  });

  test('tells nothing of the routing where an update was sent meanwhile', () => {
    const before = { ...queuedContact(), status };
    const snapshot = snapshotForDescribe(before, undefined, ASKED_AT);
    const sent = { ...before, status: { ...status, unconfirmed: ['priority' as const] } };
    expect(applyDescription(sent, ANSWER, snapshot, NAMES).status).toEqual(sent.status);
    const applied = { ...before, status: { ...status, applied: { priority: 1 } } };
    expect(applyDescription(applied, ANSWER, snapshot, NAMES).status).toEqual(applied.status);
  });

  test('does not say for sure which age is applied while a late call may still add to it', () => {
    const inFlight = {
      ...status,
      applied: { priority: 1, ageSeconds: 690 },
      unconfirmed: ['priority' as const, 'ageSeconds' as const],
    };
    const unsettled = { ...inFlight, ageSettlesAt: ASKED_AT + 1 };
    expect(answered({ ...queuedContact(), status: unsettled }).status).toStrictEqual({
      ...unsettled,
      isObserved: true,
      applied: { priority: 3, ageSeconds: 690 },
      unconfirmed: ['ageSeconds'],
      retryAt: ASKED_AT + 1,
    });
    const settled = answered({ ...queuedContact(), status: { ...inFlight, ageSettlesAt: ASKED_AT } }).status;
    expect(settled).toStrictEqual({ ...status, isObserved: true, applied: { priority: 3, ageSeconds: 0 } });
    // Another Region had the contact meanwhile: which age it left is known only afterwards, either.
    const forgotten = forgottenStatus(unsettled);
    expect(answered({ ...queuedContact(), status: forgotten }).status).toMatchObject({
      applied: { ageSeconds: 0 },
      unconfirmed: ['ageSeconds'],
      retryAt: ASKED_AT + 1,
    });
  });

  test('of a contact that has left has its status all the same', () => {
    const left = { ...queuedContact({ disconnectedAt: atSecond(5) }), status };
    expect(answered(left).status).toMatchObject({ isObserved: true, applied: { priority: 3 } });
  });
});

describe('before an override Connect is asked what it hides', () => {
  const FIELDS = { priority: 2, ageSeconds: 60, criteria: criteria(3) } as const;

  test.each(['priority', 'ageSeconds', 'criteria'] as const)('%s', (field) => {
    const set = { [field]: FIELDS[field] };
    const need = (applied: object) =>
      describeNeed(
        {
          kind: 'update',
          changes: set,
          targetRouting: set,
          status: { ...status, applied },
          decision: { generation: 1, reason: 'governed', desired: {}, allowLower: false, override: set },
        },
        'absolute',
      );
    expect(need({})).toBe('optional');
    expect(need({ priority: 5, ageSeconds: 0, criteria: criteria(1) })).toBe('none');
  });
});

describe('a question without an answer', () => {
  const retry = (record: ContactRecord) => scheduleDescribeRetry(record, 'time-out', T0);

  test('is repeated after a second, and noted once', () => {
    const first = retry({ ...queuedContact(), status });
    expect(first.status).toMatchObject({ attempts: 1, retryAt: T0 + 1_000 });
    expect(first).not.toHaveProperty('look');
    const second = retry(first);
    expect(second.status).toMatchObject({ attempts: 2, retryAt: T0 + 2_000 });
    expect(second.history.map(({ text }) => text)).toEqual(['waits for DescribeContact: time-out']);
  });

  test('about a contact that no event reported is given up after sixty attempts', () => {
    const look = (attempts: number) => ({ ...emptyRecord(KEY), look: { at: T0, attempts } });
    expect(retry({ ...emptyRecord(KEY), look: { at: T0 } }).look).toMatchObject({ attempts: 1 });
    expect(retry(look(58)).look).toMatchObject({ attempts: 59, retryAt: T0 + 60_000 });
    const given = retry(look(59));
    expect(given).not.toHaveProperty('look');
    expect(given.history.map(({ text }) => text)).toEqual(['gave up asking DescribeContact: time-out']);
  });

  test('changes nothing where there is none', () => {
    const record = queuedContact();
    expect(retry(record)).toBe(record);
  });
});
