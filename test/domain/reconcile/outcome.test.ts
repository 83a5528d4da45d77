import { describe, expect, test } from '@jest/globals';
import type { Decision } from '../../../lambda/domain/contact/decision.ts';
import type { ContactFacts } from '../../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import type { RoutingStatus } from '../../../lambda/domain/contact/routing-status.ts';
import type { UpdateAttempt } from '../../../lambda/domain/reconcile/next-update.ts';
import {
  reportDescription,
  reportReconcile,
  reportUpdate,
} from '../../../lambda/domain/reconcile/outcome.ts';
import type { UpdateResult } from '../../../lambda/domain/reconcile/update-result.ts';
import type { Report } from '../../../lambda/domain/reports/report.ts';
import { atSecond, context, QUEUE_ARN, queuedContact, T0 } from '../../support/contacts.ts';

const VISIT = `${QUEUE_ARN}@${T0}`;
const DECISION: Decision = {
  queueVisit: VISIT,
  generation: 1,
  reason: 'governed',
  policy: 'gold',
  step: 0,
  desired: { priority: 2 },
  allowLower: false,
  dueAt: atSecond(30),
};
const STATUS: RoutingStatus = {
  queueVisit: VISIT,
  applied: { priority: 5, ageSeconds: 0 },
  isObserved: true,
};

/** A contact for which a priority of 2 is due at 30 s. */
const record = (more: Partial<ContactRecord> = {}, facts: Partial<ContactFacts> = {}): ContactRecord => ({
  ...queuedContact(facts),
  status: STATUS,
  decision: DECISION,
  ...more,
});
/** Each report as its event, what was set, and when. */
const brief = (reports: readonly Report[]) =>
  reports.map(({ line, event }) => [
    event.name,
    'to' in line ? line.to : 'how' in line && line.how,
    event.at,
  ]);

describe('the report of an update', () => {
  const attempt = {
    queueVisit: VISIT,
    generation: 1,
    sets: { priority: 2 },
    previous: { applied: STATUS.applied },
  } as unknown as UpdateAttempt;
  const REJECTED = { at: T0, generation: 1, request: {}, message: 'no such agent' };
  const report = (result: UpdateResult, after = record(), before = record(), sentOn = record()) =>
    reportUpdate({ sentOn, before, after }, attempt, result, atSecond(40));

  test('says that it was made', () => {
    expect(brief(report({ kind: 'done' }))).toEqual([['escalated', { priority: 2 }, atSecond(40)]]);
  });

  test('says nothing more where another dispatch has recorded that it was made', () => {
    const applied = { priority: 2, ageSeconds: 0 };
    const made = record({ status: { ...STATUS, applied } });
    const inFlight = record({ status: { ...STATUS, applied, unconfirmed: ['priority'] } });
    const other = record({ status: { ...STATUS, applied, unconfirmed: ['ageSeconds'] } });
    expect(report({ kind: 'done' }, made, made)).toEqual([]);
    expect(report({ kind: 'done' }, other, other)).toEqual([]);
    expect(brief(report({ kind: 'done' }, made, inFlight))).toHaveLength(1);
    const elsewhere = record({ status: { ...STATUS, applied, queueVisit: 'another' } });
    expect(brief(report({ kind: 'done' }, made, elsewhere))).toHaveLength(1);
    expect(brief(report({ kind: 'done' }, made, record({ status: undefined })))).toHaveLength(1);
  });

  test('says that Connect rejected it, once', () => {
    const rejected = record({ status: { ...STATUS, rejected: REJECTED } });
    const result: UpdateResult = { kind: 'invalid', message: 'no such agent' };
    expect(report(result, rejected)).toMatchObject([
      { line: { outcome: 'rejected', error: 'no such agent' } },
    ]);
    expect(report(result, rejected, rejected)).toEqual([]);
  });

  test.each<[string, Partial<ContactFacts>, Partial<Decision>, unknown[]]>([
    ['that it came too late', { connectedAt: atSecond(35) }, {}, [['missed', { priority: 2 }, atSecond(35)]]],
    [
      'that it was due when the contact left',
      { connectedAt: atSecond(30) },
      {},
      [['missed', { priority: 2 }, atSecond(30)]],
    ],
    ['nothing where it was not due before the contact left', { connectedAt: atSecond(29) }, {}, []],
    ['nothing where nobody knows when it was due', { connectedAt: atSecond(35) }, { dueAt: undefined }, []],
    ['nothing while the contact waits', {}, {}, []],
  ])('of a contact that Connect does not find says %s', (_name, facts, decision, expected) => {
    const sentOn = record({ decision: { ...DECISION, ...decision } });
    const gone: UpdateResult = { kind: 'gone', message: 'not found' };
    expect(brief(report(gone, record({ status: undefined }, facts), record(), sentOn))).toEqual(expected);
  });

  test('says nothing where the result is unknown, or nothing was decided', () => {
    const left = record({}, { connectedAt: atSecond(35) });
    expect(report({ kind: 'unknown', message: 'time-out' }, left)).toEqual([]);
    expect(report({ kind: 'done' }, record(), record(), record({ decision: undefined }))).toEqual([]);
  });
});

describe('the report of an answer of Connect', () => {
  const sent = (unconfirmed: RoutingStatus['unconfirmed']) =>
    record({
      status: { ...STATUS, applied: { priority: 2, ageSeconds: 60 }, ...(unconfirmed && { unconfirmed }) },
    });
  const answered = (applied: RoutingStatus['applied'], more: Partial<RoutingStatus> = {}) =>
    record({ status: { ...STATUS, applied, ...more } });
  const report = (before: ContactRecord, after: ContactRecord) =>
    brief(reportDescription(before, after, atSecond(50)));

  test('says which update of an unknown result was made', () => {
    const applied = { priority: 2, ageSeconds: 0 };
    expect(report(sent(['priority']), answered(applied))).toEqual([
      ['escalated', { priority: 2 }, atSecond(50)],
    ]);
    expect(report(sent(['priority', 'ageSeconds']), answered(applied))).toEqual([
      ['escalated', { priority: 2 }, atSecond(50)],
    ]);
  });

  test('says nothing of one that was not made, or is not known yet', () => {
    expect(report(sent(['priority']), answered({ priority: 5 }))).toEqual([]);
    expect(report(sent(undefined), answered({ priority: 2 }))).toEqual([]);
    expect(report(sent(['priority']), answered({ priority: 2 }, { unconfirmed: ['priority'] }))).toEqual([]);
    expect(report(sent(['priority']), answered({ priority: 2 }, { queueVisit: 'another' }))).toEqual([]);
    expect(report({ ...sent(['priority']), decision: undefined }, answered({ priority: 2 }))).toEqual([]);
    expect(report(record({ status: undefined }), record({ status: undefined }))).toEqual([]);
  });

  test('says that the contact left, and which change it missed', () => {
    const left = (before: ContactRecord, status: Partial<RoutingStatus> = {}) =>
      report(before, record({ status: { ...STATUS, ...status } }, { connectedAt: atSecond(35) }));
    const answeredAt = ['left', 'answered', atSecond(35)];
    expect(left(record())).toEqual([['missed', { priority: 2 }, atSecond(35)], answeredAt]);
    expect(left(record(), { applied: { priority: 2 } })).toEqual([answeredAt]);
    expect(left(record({ decision: { ...DECISION, dueAt: atSecond(36) } }))).toEqual([answeredAt]);
    const moved = { ...STATUS, applied: { priority: 2 }, queueVisit: 'another' };
    expect(report(record(), record({ status: moved }, { connectedAt: atSecond(35) }))).toEqual([
      ['missed', { priority: 2 }, atSecond(35)],
      answeredAt,
    ]);
    expect(report(record(), record({ status: undefined }, { connectedAt: atSecond(35) }))).toHaveLength(2);
    expect(left(record({ status: undefined }))).toEqual([answeredAt]);
    const reopened = record({ closure: { cause: 'other-region', count: 1 } });
    expect(left(reopened)).toHaveLength(2);
    expect(left(record({ closedAt: T0 }))).toHaveLength(2);
    expect(left(record({ closedAt: T0, closure: { cause: 'not-found' } as never }))).toEqual([
      ['missed', { priority: 2 }, atSecond(35)],
      answeredAt,
    ]);
  });

  test.each<[string, Partial<ContactRecord>]>([
    ['another Region acts', { decision: { ...DECISION, reason: 'other-region' } }],
    ['another instance is served', { decision: { ...DECISION, reason: 'other-instance' } }],
    ['another Region owned it', { closedAt: T0, closure: { cause: 'other-region' } as never }],
    ['nothing was decided', { decision: undefined }],
    ['something was decided about another visit', { decision: { ...DECISION, queueVisit: 'another' } }],
  ])('says nothing of a contact for which %s', (_name, before) => {
    expect(report(record(before), record({}, { connectedAt: atSecond(35) }))).toEqual([]);
  });
});

describe('the report of a reconcile', () => {
  const where = context(
    { gold: { steps: [{ after: '20s', set: { priority: 2 } }] } },
    { checkBeforeFirstChange: false },
  );
  const undecided = { decision: { ...DECISION, step: undefined, desired: {}, dueAt: undefined } };
  const report = (before: Partial<ContactRecord>) =>
    brief(reportReconcile(record(before), record(before, { connectedAt: atSecond(35) }), where));
  const left = ['left', 'answered', atSecond(35)];

  test.each<[string, Partial<ContactRecord>, unknown[]]>([
    [
      'counts what fell due before the contact left, where its wake-up is late',
      { wakeAt: atSecond(20) },
      [['missed', { priority: 2 }, atSecond(35)], left],
    ],
    [
      'counts what falls due as it leaves',
      { wakeAt: atSecond(35) },
      [['missed', { priority: 2 }, atSecond(35)], left],
    ],
    ['counts what was not decided', { isUndecided: true }, [['missed', { priority: 2 }, atSecond(35)], left]],
    [
      'counts what was not decided since Connect did not find the contact',
      {
        closedAt: atSecond(5),
        decision: { ...DECISION, reason: 'closed', desired: {}, dueAt: undefined, step: undefined },
      },
      [['missed', { priority: 2 }, atSecond(35)], left],
    ],
    ['does not count what falls due later', { wakeAt: atSecond(36) }, [left]],
    ['does not count what no wake-up waits for', {}, [left]],
  ])('%s', (_name, before, expected) => {
    expect(report({ ...undecided, ...before })).toEqual(expected);
  });
});
