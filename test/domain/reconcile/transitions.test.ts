import { describe, expect, test } from '@jest/globals';
import type { Decision } from '../../../lambda/domain/contact/decision.ts';
import { queueVisitId } from '../../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { initialStatus, type RoutingStatus } from '../../../lambda/domain/contact/routing-status.ts';
import { applyPlan } from '../../../lambda/domain/reconcile/apply-plan.ts';
import {
  applyDescription,
  scheduleDescribeRetry,
  snapshotForDescribe,
} from '../../../lambda/domain/reconcile/description.ts';
import { nextUpdate, type UpdateAttempt } from '../../../lambda/domain/reconcile/next-update.ts';
import { pendingWork } from '../../../lambda/domain/reconcile/pending-work.ts';
import { plan } from '../../../lambda/domain/reconcile/plan.ts';
import {
  applyUpdateResult,
  markInFlight,
  type UpdateResult,
} from '../../../lambda/domain/reconcile/update-result.ts';
import type { AgeAdjustment, Routing } from '../../../lambda/domain/routing/routing.ts';
import { DEFAULT_SETTINGS } from '../../../lambda/domain/settings.ts';
import { context, queuedContact, T0 } from '../../support/contacts.ts';

/* The routing status of a contact as a state machine: { status, event, expected }. */

const VISIT = queueVisitId(queuedContact().facts) ?? '';
const OTHER_VISIT = 'another-queue@1';
const NOW = T0 + 10_000;

/** A status of the contact's current visit. */
const status = (members: Partial<RoutingStatus> = {}): RoutingStatus => ({
  queueVisit: VISIT,
  applied: { priority: 5, ageSeconds: 0 },
  isObserved: true,
  ...members,
});

const decision = (members: Partial<Decision> = {}): Decision => ({
  queueVisit: VISIT,
  generation: 1,
  reason: 'governed',
  policy: 'gold',
  step: 0,
  desired: { priority: 2 },
  allowLower: false,
  dueAt: T0,
  ...members,
});

const UNKNOWN = status({ applied: {}, isObserved: false });
const FORGOTTEN: RoutingStatus = { ...UNKNOWN, isForgotten: true };
const OBSERVED = status();
const ASSUMED: RoutingStatus = { ...OBSERVED, isAssumed: true };
const APPLIED = status({ applied: { priority: 2, ageSeconds: 0 } });
const IN_FLIGHT = status({ applied: { priority: 2, ageSeconds: 0 }, unconfirmed: ['priority'] });
const SENT_BY_ANOTHER = status({ applied: { priority: 1, ageSeconds: 0 } });
const UNCONFIRMED = { ...IN_FLIGHT, attempts: 1, retryAt: NOW + 1_000 };

/** The attempt to set priority 2 on top of a status. */
const attemptOn = ({ applied, restorePoint, unconfirmed }: RoutingStatus): UpdateAttempt => ({
  update: { QueuePriority: 2 },
  sets: { priority: 2 },
  queueVisit: VISIT,
  generation: 1,
  previous: {
    applied,
    ...(restorePoint && { restorePoint }),
    ...(unconfirmed && { unconfirmed }),
  },
});

type Event =
  | { readonly type: 'send'; readonly override?: Routing; readonly ageAdjustment?: AgeAdjustment }
  | { readonly type: 'result'; readonly of: RoutingStatus; readonly result: UpdateResult }
  | { readonly type: 'described'; readonly routing: Routing; readonly asked?: RoutingStatus }
  | { readonly type: 'describe-failed' }
  /** Reconciled under a policy that sets this priority at once. */
  | {
      readonly type: 'reconciled';
      readonly priority: number;
      readonly checkBeforeFirstChange?: boolean;
    };

interface Transition {
  readonly name: string;
  readonly status: RoutingStatus;
  readonly decision?: Partial<Decision>;
  readonly event: Event;
  readonly expected: RoutingStatus;
  /** The status also says that the contact is closed. */
  readonly closed?: true;
}

const message = 'E: m';
const result = (kind: UpdateResult['kind'], of = OBSERVED): Event => ({
  type: 'result',
  of,
  result: kind === 'done' || kind === 'throttled' ? { kind } : { kind, message },
});
const rejected = { at: NOW, generation: 1, request: { QueuePriority: 2 }, message };

const TRANSITIONS: readonly Transition[] = [
  {
    name: 'Connect says what a flow has set',
    status: UNKNOWN,
    event: { type: 'described', routing: { priority: 3, ageSeconds: 60 } },
    expected: status({
      applied: { priority: 3, ageSeconds: 60 },
      initial: { priority: 3, ageSeconds: 60 },
    }),
  },
  {
    name: 'Connect says nothing of what it never set: the defaults apply',
    status: UNKNOWN,
    event: { type: 'described', routing: {} },
    expected: OBSERVED,
  },
  {
    name: 'a change that may lower what is not known: it waits for the answer',
    status: UNKNOWN,
    event: { type: 'send' },
    expected: UNKNOWN,
  },
  {
    name: 'an age that may be smaller than one that is not known: it waits for the answer',
    status: UNKNOWN,
    decision: { desired: { ageSeconds: 60 } },
    event: { type: 'send' },
    expected: UNKNOWN,
  },
  {
    name: 'the most urgent priority cannot lower anything: it is sent, and the rest stays unknown',
    status: UNKNOWN,
    decision: { desired: { priority: 1 } },
    event: { type: 'send' },
    expected: status({ applied: { priority: 1 }, isObserved: false, unconfirmed: ['priority'] }),
  },
  {
    name: 'a policy that may lower is sent without the answer',
    status: UNKNOWN,
    decision: { desired: { ageSeconds: 60 }, allowLower: true },
    event: { type: 'send' },
    expected: status({ applied: { ageSeconds: 60 }, isObserved: false, unconfirmed: ['ageSeconds'] }),
  },
  {
    name: 'an override is sent without the answer, and what its policy asks for besides is not',
    status: UNKNOWN,
    decision: { override: { ageSeconds: 60 } },
    event: { type: 'send' },
    expected: status({
      applied: { ageSeconds: 60 },
      isObserved: false,
      restorePoint: {},
      unconfirmed: ['ageSeconds'],
    }),
  },
  {
    name: 'with incremental ages none is added to one that is not known, an override’s included',
    status: UNKNOWN,
    decision: { override: { ageSeconds: 60 }, desired: {} },
    event: { type: 'send', ageAdjustment: 'incremental' },
    expected: UNKNOWN,
  },
  {
    name: 'Connect accepts what was sent without an answer: only that field is known',
    status: status({ applied: { priority: 2 }, isObserved: false, unconfirmed: ['priority'] }),
    event: result('done'),
    expected: status({ applied: { priority: 2 }, isObserved: false }),
  },
  {
    name: 'Connect says during an override what was applied: what it does not set belongs to the restore point',
    status: status({ applied: { ageSeconds: 60 }, isObserved: false, restorePoint: {} }),
    decision: { override: { ageSeconds: 60 } },
    event: { type: 'described', routing: { priority: 3, ageSeconds: 60 } },
    expected: status({ applied: { priority: 3, ageSeconds: 60 }, restorePoint: { priority: 3 } }),
  },
  {
    name: 'the settings say since that flows set nothing: no question is left to wait for',
    status: { ...UNKNOWN, attempts: 3, retryAt: NOW + 9_000 },
    event: { type: 'reconciled', priority: 2, checkBeforeFirstChange: false },
    expected: ASSUMED,
  },
  {
    name: 'another Region may have changed the routing: the settings say nothing about that',
    status: FORGOTTEN,
    event: { type: 'reconciled', priority: 2, checkBeforeFirstChange: false },
    expected: FORGOTTEN,
  },
  {
    name: 'DescribeContact says what was forgotten',
    status: FORGOTTEN,
    event: { type: 'described', routing: { priority: 5 }, asked: FORGOTTEN },
    expected: OBSERVED,
  },
  {
    name: 'the settings say since that flows set something: only what was sent is known',
    status: { ...ASSUMED, applied: { priority: 2, ageSeconds: 0 }, attempts: 3, retryAt: NOW + 9_000 },
    event: { type: 'reconciled', priority: 1, checkBeforeFirstChange: true },
    expected: { ...UNKNOWN, applied: { priority: 2 } },
  },
  {
    name: 'DescribeContact says what was assumed before',
    status: ASSUMED,
    event: { type: 'described', routing: { priority: 5 }, asked: ASSUMED },
    expected: OBSERVED,
  },
  {
    name: 'DescribeContact fails: it is asked again after a second',
    status: UNKNOWN,
    event: { type: 'describe-failed' },
    expected: { ...UNKNOWN, attempts: 1, retryAt: NOW + 1_000 },
  },
  {
    name: 'DescribeContact fails for the fourth time: after eight seconds',
    status: { ...UNKNOWN, attempts: 3 },
    event: { type: 'describe-failed' },
    expected: { ...UNKNOWN, attempts: 4, retryAt: NOW + 8_000 },
  },
  {
    name: 'DescribeContact fails for the tenth time: never after more than a minute',
    status: { ...UNKNOWN, attempts: 9 },
    event: { type: 'describe-failed' },
    expected: { ...UNKNOWN, attempts: 10, retryAt: NOW + 60_000 },
  },
  { name: 'an update is sent', status: OBSERVED, event: { type: 'send' }, expected: IN_FLIGHT },
  {
    name: 'an update is sent under an override: what was applied becomes the restore point',
    status: status({ applied: { priority: 3, ageSeconds: 0 } }),
    decision: { override: { priority: 1 } },
    event: { type: 'send', override: { priority: 1 } },
    expected: status({
      applied: { priority: 1, ageSeconds: 0 },
      restorePoint: { priority: 3, ageSeconds: 0 },
      unconfirmed: ['priority'],
    }),
  },
  {
    name: 'a second update is sent under the override: the restore point stays what it was',
    status: status({ applied: { priority: 1, ageSeconds: 0 }, restorePoint: { priority: 3, ageSeconds: 0 } }),
    decision: { override: { priority: 2 }, desired: {} },
    event: { type: 'send', override: { priority: 2 } },
    expected: status({
      applied: { priority: 2, ageSeconds: 0 },
      restorePoint: { priority: 3, ageSeconds: 0 },
      unconfirmed: ['priority'],
    }),
  },
  {
    name: 'an incremental age is sent again only after it was asked for',
    status: status({ unconfirmed: ['ageSeconds'] }),
    decision: { desired: { ageSeconds: 60 } },
    event: { type: 'send', ageAdjustment: 'incremental' },
    expected: status({ unconfirmed: ['ageSeconds'] }),
  },
  { name: 'Connect accepts it', status: IN_FLIGHT, event: result('done'), expected: APPLIED },
  {
    name: 'Connect accepts it: failed attempts and an earlier rejection are over',
    status: {
      ...IN_FLIGHT,
      attempts: 3,
      conflicts: 1,
      retryAt: NOW,
      rejected: { ...rejected, generation: 0 },
    },
    event: result('done'),
    expected: APPLIED,
  },
  {
    name: 'Connect accepts it: fields that it did not set stay unconfirmed',
    status: { ...IN_FLIGHT, unconfirmed: ['ageSeconds', 'priority'] },
    event: result('done'),
    expected: { ...IN_FLIGHT, unconfirmed: ['ageSeconds'] },
  },
  {
    name: 'Connect accepts the restored routing: the restore point is over',
    status: status({
      applied: { priority: 2, ageSeconds: 0 },
      restorePoint: { priority: 2, ageSeconds: 0 },
      unconfirmed: ['priority'],
    }),
    event: result('done'),
    expected: APPLIED,
  },
  {
    name: 'Connect throttles it: as before',
    status: IN_FLIGHT,
    event: result('throttled'),
    expected: OBSERVED,
  },
  { name: 'IAM denies it: as before', status: IN_FLIGHT, event: result('denied'), expected: OBSERVED },
  {
    name: 'Connect throttles what was sent without an answer: it is not known again',
    status: { ...IN_FLIGHT, applied: { priority: 2 }, isObserved: false },
    event: result('throttled', UNKNOWN),
    expected: UNKNOWN,
  },
  {
    name: 'Connect accepts it after another dispatch sent more: which of both holds is not known',
    status: SENT_BY_ANOTHER,
    event: result('done'),
    expected: { ...SENT_BY_ANOTHER, unconfirmed: ['priority'] },
  },
  ...(['throttled', 'denied', 'invalid', 'conflict'] as const).map((kind) => ({
    name: `${kind} after another dispatch sent more: what that sent stays`,
    status: SENT_BY_ANOTHER,
    decision: { generation: 2 },
    event: result(kind),
    expected: {
      ...SENT_BY_ANOTHER,
      ...(kind === 'invalid' && { rejected }),
    },
  })),
  {
    name: 'Connect throttles it after another dispatch sent an age: the priority is sent again',
    status: { ...IN_FLIGHT, applied: { priority: 2, ageSeconds: 60 } },
    event: result('throttled'),
    expected: { ...IN_FLIGHT, applied: { priority: 2, ageSeconds: 60 } },
  },
  {
    name: 'Connect throttles it after it said what is applied: that stays',
    status: status({ applied: { priority: 4, ageSeconds: 0 } }),
    event: result('throttled'),
    expected: status({ applied: { priority: 4, ageSeconds: 0 } }),
  },
  {
    name: 'the result is unknown: the field stays unconfirmed, and is sent again after a second',
    status: IN_FLIGHT,
    event: result('unknown'),
    expected: UNCONFIRMED,
  },
  {
    name: 'the result is unknown again: after two seconds',
    status: UNCONFIRMED,
    event: result('unknown'),
    expected: { ...IN_FLIGHT, attempts: 2, retryAt: NOW + 2_000 },
  },
  {
    name: 'the result is unknown of a routing that is no longer desired: nothing is delayed',
    status: IN_FLIGHT,
    decision: { generation: 2 },
    event: result('unknown'),
    expected: IN_FLIGHT,
  },
  {
    name: 'a crash: the status stays as it was marked before the update was sent',
    status: IN_FLIGHT,
    event: { type: 'reconciled', priority: 2 },
    expected: IN_FLIGHT,
  },
  {
    name: 'Connect says what is applied: the unconfirmed field is settled',
    status: UNCONFIRMED,
    event: { type: 'described', routing: { priority: 2, ageSeconds: 0 } },
    expected: { ...APPLIED, retryAt: NOW + 1_000 },
  },
  {
    name: 'an answer about a status that has changed since is ignored',
    status: IN_FLIGHT,
    event: { type: 'described', routing: { priority: 5 }, asked: OBSERVED },
    expected: IN_FLIGHT,
  },
  {
    name: 'a conflict: as before, and again after a second',
    status: IN_FLIGHT,
    event: result('conflict'),
    expected: status({ attempts: 1, conflicts: 1, retryAt: NOW + 1_000 }),
  },
  {
    name: 'attempts whose result is unknown do not count as conflicts',
    status: { ...IN_FLIGHT, attempts: 4 },
    event: result('conflict'),
    expected: status({ attempts: 5, conflicts: 1, retryAt: NOW + 16_000 }),
  },
  {
    name: 'the fifth conflict counts as a rejection',
    status: { ...IN_FLIGHT, attempts: 4, conflicts: 4 },
    event: result('conflict'),
    expected: status({ rejected }),
  },
  {
    name: 'Connect rejects it as invalid: as before, with the request that caused it',
    status: { ...IN_FLIGHT, attempts: 2, retryAt: NOW },
    event: result('invalid'),
    expected: status({ rejected }),
  },
  {
    name: 'Connect does not find the contact: as before, and the contact is closed',
    status: IN_FLIGHT,
    event: result('gone'),
    expected: OBSERVED,
    closed: true,
  },
  {
    name: 'the result of an earlier queue visit changes nothing',
    status: OBSERVED,
    event: {
      type: 'result',
      of: { ...OBSERVED, queueVisit: OTHER_VISIT },
      result: { kind: 'invalid', message },
    },
    expected: OBSERVED,
  },
  {
    name: 'another routing is desired: its attempts start anew, the rejection of the old one stays',
    status: status({ rejected, attempts: 3, conflicts: 2, retryAt: NOW + 9_000 }),
    event: { type: 'reconciled', priority: 1 },
    expected: status({ rejected }),
  },
  {
    name: 'the delay before the next attempt is over',
    status: { ...UNCONFIRMED, retryAt: NOW },
    event: { type: 'reconciled', priority: 2 },
    expected: { ...IN_FLIGHT, attempts: 1 },
  },
  {
    name: 'the delay before the next attempt is not over',
    status: UNCONFIRMED,
    event: { type: 'reconciled', priority: 2 },
    expected: UNCONFIRMED,
  },
  {
    name: 'the contact is in another queue: a new status',
    status: { ...UNCONFIRMED, queueVisit: OTHER_VISIT },
    event: { type: 'reconciled', priority: 2 },
    expected: UNKNOWN,
  },
];

/** The record after an event. */
function after(record: ContactRecord, event: Event): ContactRecord {
  switch (event.type) {
    case 'send': {
      const attempt = nextUpdate(pendingWork(record), event.ageAdjustment ?? 'absolute');
      return attempt ? markInFlight(record, attempt, NOW) : record;
    }
    case 'result': {
      const attempt = { ...attemptOn(event.of), queueVisit: event.of.queueVisit };
      return applyUpdateResult(record, attempt, event.result, NOW);
    }
    case 'described': {
      const asked = { ...record, status: event.asked ?? record.status };
      const snapshot = snapshotForDescribe(asked as ContactRecord, undefined, NOW);
      return applyDescription(record, { routing: event.routing, attributes: {} }, snapshot);
    }
    case 'describe-failed':
      return scheduleDescribeRetry(record, message, NOW);
    case 'reconciled': {
      const given = context({ gold: { steps: [{ after: '0s', set: { priority: event.priority } }] } });
      const { checkBeforeFirstChange = true } = event;
      return applyPlan(
        record,
        plan(record, given, NOW),
        { ...DEFAULT_SETTINGS, checkBeforeFirstChange },
        NOW,
      );
    }
  }
}

describe('the routing status of a contact', () => {
  test.each(TRANSITIONS)('$name', ({ status: before, decision: members, event, expected, closed }) => {
    const record = { ...queuedContact(), status: before, decision: decision(members) };
    const { status: reached, closedAt } = after(record, event);
    expect(reached).toEqual(expected);
    expect(closedAt !== undefined).toBe(closed === true);
    expect(record.status).toEqual(before);
  });

  test('starts unknown, or with the defaults where flows set nothing', () => {
    expect(initialStatus(VISIT, true)).toEqual(UNKNOWN);
    expect(initialStatus(VISIT, false)).toEqual(ASSUMED);
  });
});
