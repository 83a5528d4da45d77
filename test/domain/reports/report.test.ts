import { describe, expect, test } from '@jest/globals';
import type { Decision } from '../../../lambda/domain/contact/decision.ts';
import { visitId } from '../../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import type { ContactMessage } from '../../../lambda/domain/messages/rule-message.ts';
import type { ChangeLine, OrderLine } from '../../../lambda/domain/outgoing-events/lines.ts';
import { leavingOf } from '../../../lambda/domain/reports/leaving.ts';
import { reportChange, reportLeaving, reportOrder } from '../../../lambda/domain/reports/report.ts';
import type { Routing } from '../../../lambda/domain/routing/routing.ts';
import { atSecond, KEY, QUEUE_ARN, queuedContact, T0 } from '../../support/contacts.ts';

const VISIT = visitId({ arn: QUEUE_ARN, enqueuedAt: T0 });
const CONTACT_ARN = 'arn:aws:connect:eu-central-1:123456789012:instance/i-1/contact/c-1';
const DECISION: Decision = {
  queueVisit: VISIT,
  generation: 3,
  reason: 'governed',
  policy: 'gold',
  step: 1,
  desired: { priority: 2 },
  allowLower: false,
  dueAt: atSecond(60),
};
const change = (decision: Partial<Decision> = {}, sets: Routing = { priority: 2 }, visit = VISIT) => ({
  queueVisit: visit,
  sets,
  applied: { priority: 5, ageSeconds: 10 },
  decision: { ...DECISION, ...decision },
});

describe('the report of a change', () => {
  test('says of which contact what was set, why, and how late', () => {
    const line: ChangeLine = {
      ...KEY,
      queueId: 'q-1',
      policy: 'gold',
      step: 1,
      from: { priority: 5 },
      to: { priority: 2 },
      latenessMs: 2_000,
      reason: 'policy',
      outcome: 'applied',
    };
    const { outcome: _outcome, ...detail } = line;
    expect(reportChange(KEY, change(), 'applied', atSecond(62))).toEqual({
      kind: 'change',
      line,
      event: {
        name: 'escalated',
        at: atSecond(62),
        contactArn: CONTACT_ARN,
        detail: { id: expect.stringMatching(new RegExp(`^escalated/c-1/${T0}/3/[0-9a-f]+$`)), ...detail },
      },
    });
  });

  test('says what Connect said of a rejected one', () => {
    const { line, event } = reportChange(KEY, change(), 'rejected', atSecond(62), 'invalid priority');
    expect(line).toMatchObject({ outcome: 'rejected', error: 'invalid priority' });
    expect(event).toMatchObject({ name: 'rejected', detail: { error: 'invalid priority' } });
    expect(reportChange(KEY, change(), 'missed', atSecond(62)).event.name).toBe('missed');
  });

  const lineOf = (...given: Parameters<typeof change>) =>
    reportChange(KEY, change(...given), 'applied', atSecond(62)).line as ChangeLine;

  test('is never early, nor late where nobody knows when it was due', () => {
    expect(lineOf({ dueAt: atSecond(63) }).latenessMs).toBe(0);
    expect(lineOf({ dueAt: undefined }).latenessMs).toBe(0);
  });

  test.each<[string, Partial<Decision>, Routing, ChangeLine['reason']]>([
    ['the policy', {}, { priority: 2 }, 'policy'],
    ['the policy, for one of two fields', {}, { ageSeconds: 60, priority: 2 }, 'policy'],
    ['the operator', { override: { priority: 1 } }, { priority: 1 }, 'override'],
    [
      'the operator, for one of two fields',
      { override: { ageSeconds: 60 } },
      { priority: 1, ageSeconds: 60 },
      'override',
    ],
    [
      'the policy, beside an order for another field',
      { override: { ageSeconds: 60 } },
      { priority: 2 },
      'policy',
    ],
    ['nobody any more', { desired: {} }, { priority: 5 }, 'restore'],
  ])('has the reason of %s', (_name, decision, sets, reason) => {
    expect(lineOf(decision, sets).reason).toBe(reason);
  });

  test('has no field that was not known before, and names a queue without an id by its ARN', () => {
    expect(lineOf({}, { criteria: { Steps: [] } }).from).toEqual({});
    expect(lineOf({}, { priority: 2 }, visitId({ arn: 'arn:q', enqueuedAt: T0 })).queueId).toBe('arn:q');
  });

  test('has an id of its own for each visit, generation and routing', () => {
    const idOf = (given: ReturnType<typeof change>) =>
      reportChange(KEY, given, 'applied', atSecond(62)).event.detail.id;
    const ids = [
      change(),
      change({ generation: 4 }),
      change({}, { priority: 1 }),
      change({}, { priority: 2 }, visitId({ arn: QUEUE_ARN, enqueuedAt: T0 + 1 })),
    ].map(idOf);
    expect(new Set(ids).size).toBe(4);
    expect(idOf(change({ policy: 'other', dueAt: 0 }))).toBe(ids[0]);
  });
});

test('the report of a contact that left says how, and for how long it waited', () => {
  const leaving = { at: atSecond(90), enqueuedAt: T0, how: 'answered' as const };
  const line = {
    ...KEY,
    queueId: 'q-1',
    policy: 'gold',
    step: 1,
    waitedMs: 90_000,
    how: 'answered' as const,
  };
  expect(reportLeaving(KEY, VISIT, DECISION, leaving)).toEqual({
    kind: 'left',
    line,
    event: {
      name: 'left',
      at: atSecond(90),
      contactArn: CONTACT_ARN,
      detail: { id: `left/c-1/${T0}`, ...line },
    },
  });
  const { line: ungoverned } = reportLeaving(
    KEY,
    VISIT,
    { ...DECISION, policy: undefined, step: undefined },
    leaving,
  );
  expect(Object.keys(ungoverned)).toEqual(['contactId', 'instanceId', 'queueId', 'waitedMs', 'how']);
});

describe('a contact left its queue', () => {
  const visit = { arn: QUEUE_ARN, enqueuedAt: T0 };
  const other = { arn: `${QUEUE_ARN}x`, enqueuedAt: atSecond(30) };
  const { facts } = queuedContact();

  test.each([
    ['by being answered', { connectedAt: atSecond(20) }, { at: atSecond(20), how: 'answered' }],
    ['by being answered at once', { connectedAt: T0 }, { at: T0, how: 'answered' }],
    [
      'by being answered, whatever came after',
      { connectedAt: atSecond(20), disconnectedAt: atSecond(40) },
      { at: atSecond(20), how: 'answered' },
    ],
    ['by hanging up', { disconnectedAt: atSecond(40) }, { at: atSecond(40), how: 'abandoned' }],
    [
      'by hanging up, answered before it came to this queue',
      { connectedAt: T0 - 1, disconnectedAt: atSecond(40) },
      { at: atSecond(40), how: 'abandoned' },
    ],
    ['by hanging up at a time before', { disconnectedAt: T0 - 5 }, { at: T0, how: 'abandoned' }],
    ['by being transferred', { queue: other }, { at: atSecond(30), how: 'transferred' }],
  ])('%s', (_name, more, expected) => {
    const known = facts && { ...facts, queue: visit, ...more };
    expect(leavingOf(visit, known)).toEqual({ enqueuedAt: T0, ...expected });
  });

  test('not while it waits there, nor where nothing says how', () => {
    const known = facts && { ...facts, queue: visit };
    expect(leavingOf(visit, known)).toBeUndefined();
    expect(leavingOf(visit, undefined)).toBeUndefined();
    expect(leavingOf(other, known)).toBeUndefined();
    expect(leavingOf(visit, { ...KEY })).toBeUndefined();
    // The exact time of its visit became known.
    const exact = { ...visit, enqueuedAt: T0 + 250 };
    expect(leavingOf(visit, known && { ...known, queue: exact, approximateQueue: visit })).toBeUndefined();
  });
});

describe('the report of an order', () => {
  const override: ContactMessage = {
    type: 'override',
    ...KEY,
    id: 'o-1',
    at: T0,
    set: { priority: 1 },
    until: atSecond(60),
    actor: 'ann',
    sender: 'role:ann',
    originalSender: 'role:bob',
  };
  const release: ContactMessage = { type: 'release', ...KEY, id: 'r-1', at: T0 };
  const record = (given: ContactRecord['override']): ContactRecord => ({
    ...queuedContact(),
    override: given,
  });
  const inForce = record({ at: T0, set: { priority: 1 }, until: atSecond(60) });
  const released = record({ at: T0 });

  test('says what was ordered, by people and senders', () => {
    const line: OrderLine = {
      order: 'override',
      ...KEY,
      sender: 'role:ann',
      originalSender: 'role:bob',
      actor: 'ann',
      messageId: 'o-1',
      sentAt: '2026-11-23T10:00:00.250Z',
      set: { priority: 1 },
      until: '2026-11-23T10:01:00.250Z',
      outcome: 'applied',
    };
    expect(reportOrder(override, inForce, atSecond(59))).toEqual([
      {
        kind: 'order',
        line,
        event: {
          name: 'overridden',
          at: T0,
          contactArn: CONTACT_ARN,
          detail: { id: 'overridden/c-1/o-1', ...line },
        },
      },
    ]);
    const releasedLine = {
      order: 'release',
      ...KEY,
      messageId: 'r-1',
      sentAt: '2026-11-23T10:00:00.250Z',
      outcome: 'applied',
    };
    expect(reportOrder(release, { ...released, facts: undefined }, atSecond(59))).toEqual([
      {
        kind: 'order',
        line: releasedLine,
        event: { name: 'released', at: T0, detail: { id: 'released/c-1/r-1', ...releasedLine } },
      },
    ]);
  });

  const outcomeOf = (message: ContactMessage, after: ContactRecord, now = atSecond(59)) =>
    reportOrder(message, after, now).map(({ line }) => (line as OrderLine).outcome);

  test.each<[string, ContactMessage, ContactRecord, number | undefined, string]>([
    ['takes effect', override, inForce, undefined, 'applied'],
    ['takes effect without an end', override, record({ at: T0, set: { priority: 1 } }), undefined, 'applied'],
    ['comes too late', override, inForce, atSecond(60), 'expired'],
    [
      'is superseded by a later one',
      override,
      record({ at: T0 + 1, set: { priority: 1 } }),
      undefined,
      'superseded',
    ],
    ['is superseded by a release', override, released, undefined, 'superseded'],
    ['is superseded by nothing that is left', override, queuedContact(), undefined, 'superseded'],
    ['is a release that is superseded', release, inForce, undefined, 'superseded'],
  ])('says that it %s', (_name, message, after, now, outcome) => {
    expect(outcomeOf(message, after, now)).toEqual([outcome]);
  });

  test('there is none of other messages', () => {
    expect(reportOrder({ type: 'adopt', ...KEY, at: T0 }, inForce, T0)).toEqual([]);
  });
});
