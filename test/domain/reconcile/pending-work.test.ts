import { describe, expect, test } from '@jest/globals';
import type { Decision, PlanReason } from '../../../lambda/domain/contact/decision.ts';
import { queueVisitId } from '../../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import type { RoutingStatus } from '../../../lambda/domain/contact/routing-status.ts';
import { describeNeed } from '../../../lambda/domain/reconcile/description.ts';
import { type IndexEntries, indexEntries } from '../../../lambda/domain/reconcile/index-entries.ts';
import { dueAtFromSortKey } from '../../../lambda/domain/reconcile/pending-order.ts';
import { pendingWork, rejectedPart } from '../../../lambda/domain/reconcile/pending-work.ts';
import type { Routing } from '../../../lambda/domain/routing/routing.ts';
import { atSecond, QUEUE_ARN, queuedContact, T0 } from '../../support/contacts.ts';
import { criteria } from '../../support/criteria.ts';

const VISIT = queueVisitId(queuedContact().facts) ?? '';

interface Members {
  readonly status?: Partial<RoutingStatus>;
  readonly decision?: Partial<Decision>;
  readonly record?: Partial<ContactRecord>;
}

/** A contact at Connect's defaults whose policy desires priority 2, but for the members given. */
const contact = ({ status, decision, record }: Members = {}): ContactRecord => ({
  ...queuedContact(),
  status: { queueVisit: VISIT, applied: { priority: 5, ageSeconds: 0 }, isObserved: true, ...status },
  decision: {
    queueVisit: VISIT,
    generation: 1,
    reason: 'governed',
    desired: { priority: 2 },
    allowLower: false,
    dueAt: T0,
    ...decision,
  },
  ...record,
});
const NAMES = { requiredAttributes: ['value'], reason: 'needs-attributes', desired: {} } as const;
const KNOWN = { attributes: { changedAt: 0, names: ['value'], values: {} } };

interface Case {
  readonly name: string;
  readonly given: Members;
  /** The kind of work, and for an update the changes. */
  readonly expected: Routing | 'attributes' | 'reconcile' | undefined;
}

const CASES: readonly Case[] = [
  { name: 'the desired routing is not applied', given: {}, expected: { priority: 2 } },
  { name: 'it is applied', given: { status: { applied: { priority: 2 } } }, expected: undefined },
  {
    name: 'it is applied, perhaps',
    given: { status: { applied: { priority: 2 }, unconfirmed: ['priority'] } },
    expected: { priority: 2 },
  },
  {
    name: 'an unconfirmed field that nothing sets any more',
    given: { status: { applied: { priority: 2, ageSeconds: 60 }, unconfirmed: ['ageSeconds'] } },
    expected: undefined,
  },
  {
    name: 'the policy asks for less urgency than is applied',
    given: { status: { applied: { priority: 1 } } },
    expected: undefined,
  },
  {
    name: 'the policy asks for less urgency and may',
    given: { status: { applied: { priority: 1 } }, decision: { allowLower: true } },
    expected: { priority: 2 },
  },
  {
    name: 'Connect rejected the desired routing',
    given: { status: { rejected: { at: T0, generation: 1, request: {}, message: '' } } },
    expected: undefined,
  },
  {
    name: 'Connect rejected what was desired before',
    given: { status: { rejected: { at: T0, generation: 0, request: {}, message: '' } } },
    expected: { priority: 2 },
  },
  {
    name: 'an override',
    given: { decision: { override: { priority: 9 } } },
    expected: { priority: 9 },
  },
  {
    name: 'an override has ended: the restore point, raised to what the policy asks for',
    given: { status: { applied: { priority: 9 }, restorePoint: { priority: 3 } } },
    expected: { priority: 2 },
  },
  {
    name: 'an override has ended where no policy asks for anything: the restore point',
    given: {
      status: { applied: { priority: 9 }, restorePoint: { priority: 3 } },
      decision: { desired: {}, reason: 'no-policy' },
    },
    expected: { priority: 3 },
  },
  { name: 'attributes are unknown', given: { decision: NAMES }, expected: 'attributes' },
  { name: 'attributes are known by now', given: { decision: NAMES, record: KNOWN }, expected: 'reconcile' },
  {
    name: 'an override does not wait for attributes',
    given: { decision: { ...NAMES, override: { priority: 1 } } },
    expected: { priority: 1 },
  },
  {
    name: 'the end of an override waits for attributes, so that one update is enough',
    given: { status: { applied: { priority: 9 }, restorePoint: { priority: 3 } }, decision: NAMES },
    expected: 'attributes',
  },
  {
    name: 'attributes are fetched after an override was applied',
    given: { decision: { ...NAMES, override: { priority: 5 } } },
    expected: 'attributes',
  },
  {
    name: 'nothing is known of its routing',
    given: { record: { status: undefined } as never },
    expected: undefined,
  },
  {
    name: 'nothing was decided yet',
    given: { record: { decision: undefined } as never },
    expected: undefined,
  },
  { name: 'the contact is closed', given: { record: { closedAt: T0 } }, expected: undefined },
  {
    name: 'the decision is about another queue visit',
    given: { decision: { queueVisit: 'x' } },
    expected: undefined,
  },
  {
    name: 'the status is about another queue visit',
    given: { status: { queueVisit: 'x' } },
    expected: undefined,
  },
  ...(['not-queued', 'paused', 'closed', 'other-region', 'other-instance'] satisfies PlanReason[]).map(
    (reason): Case => ({
      name: `${reason}, even with an override`,
      given: { decision: { reason, override: { priority: 1 } } },
      expected: undefined,
    }),
  ),
];

describe('pending work', () => {
  test.each(CASES)('$name', ({ given, expected }) => {
    const work = pendingWork(contact(given));
    expect(work?.kind === 'update' ? work.changes : work?.kind).toEqual(expected);
  });
});

const UNKNOWN = { isObserved: false, applied: {} } as const;
const NEEDS = [
  ['nothing to do', {}, { status: { applied: { priority: 2 } } }, 'none'],
  ['an observed status', {}, {}, 'none'],
  ['a priority on top of an unknown one', {}, { status: UNKNOWN }, 'required'],
  [
    'an age on top of an unknown one',
    {},
    { status: UNKNOWN, decision: { desired: { ageSeconds: 60 } } },
    'required',
  ],
  ['the most urgent priority', {}, { status: UNKNOWN, decision: { desired: { priority: 1 } } }, 'none'],
  ['a policy that may lower', {}, { status: UNKNOWN, decision: { allowLower: true } }, 'none'],
  ['criteria', {}, { status: UNKNOWN, decision: { desired: { criteria: criteria(2) } } }, 'none'],
  [
    'criteria beside a priority that may lower',
    {},
    { status: UNKNOWN, decision: { desired: { priority: 2, criteria: criteria(2) } } },
    'optional',
  ],
  [
    'an override, whose end restores what was applied',
    {},
    { status: UNKNOWN, decision: { desired: {}, override: { priority: 9 } } },
    'optional',
  ],
  ['attributes', {}, { decision: NAMES }, 'required'],
  ['known attributes', {}, { decision: NAMES, record: KNOWN }, 'none'],
  [
    'an age',
    {},
    { decision: { desired: { ageSeconds: 60 } }, status: { unconfirmed: ['ageSeconds'] } },
    'none',
  ],
  [
    'an incremental age whose last update is unconfirmed',
    { incremental: true },
    { decision: { desired: { ageSeconds: 60 } }, status: { unconfirmed: ['ageSeconds'] } },
    'required',
  ],
  [
    'an incremental age on top of an unknown one',
    { incremental: true },
    { decision: { desired: { ageSeconds: 60 } }, status: { applied: { priority: 5 } } },
    'required',
  ],
  [
    'an incremental age on top of a known one',
    { incremental: true },
    { decision: { desired: { ageSeconds: 60 } } },
    'none',
  ],
  [
    'a priority beside an unknown incremental age',
    { incremental: true },
    { status: { applied: { priority: 5 } }, decision: { desired: { priority: 2, ageSeconds: 9 } } },
    'none',
  ],
] as const;

describe('DescribeContact before the work', () => {
  test.each(NEEDS)('%s', (_name, { incremental = false }: { incremental?: boolean }, given, expected) => {
    const work = pendingWork(contact(given as Members));
    expect(describeNeed(work, incremental ? 'incremental' : 'absolute')).toBe(expected);
  });
});

const QUEUED = { queueArn: QUEUE_ARN, enqueuedAt: T0 };
const ENTRIES: readonly { name: string; given: Members; expected: IndexEntries }[] = [
  {
    name: 'an update: its target priority and due time',
    given: {},
    expected: { pending: { sortKey: '0000000000000002#01795428000250' }, queued: QUEUED },
  },
  {
    name: 'attributes: the applied priority',
    given: { decision: NAMES, status: { applied: { priority: 3 } } },
    expected: { pending: { sortKey: 'q0000000000000003#01795428000250' }, queued: QUEUED },
  },
  {
    name: 'attributes of a contact whose priority is unknown: the default',
    given: { decision: NAMES, status: { applied: {} } },
    expected: { pending: { sortKey: 'q0000000000000005#01795428000250' }, queued: QUEUED },
  },
  {
    name: 'no due time: before those that have one',
    given: { decision: { dueAt: undefined } as never },
    expected: { pending: { sortKey: '0000000000000002#00000000000000' }, queued: QUEUED },
  },
  {
    name: 'nothing to do',
    given: { decision: { desired: {} }, record: { wakeAt: atSecond(90) } },
    expected: { queued: { ...QUEUED, reconcileAt: atSecond(90) } },
  },
  {
    name: 'a delayed attempt: reconciled when the delay is over, before the next step',
    given: { status: { retryAt: atSecond(20) }, record: { wakeAt: atSecond(90) } },
    expected: { queued: { ...QUEUED, reconcileAt: atSecond(20) } },
  },
  {
    name: 'a contact that has left',
    given: { record: { facts: queuedContact({ connectedAt: T0 }).facts } as never },
    expected: {},
  },
  {
    name: 'a closed contact that is tried again',
    given: { record: { closedAt: T0 } },
    expected: { queued: { queueArn: QUEUE_ARN, enqueuedAt: T0, reconcileAt: atSecond(10) } },
  },
  {
    name: 'a contact that was closed too often to be tried again',
    given: { record: { closedAt: T0, closure: { cause: 'not-found', count: 5 } } },
    expected: {},
  },
];

describe('the index entries of a contact', () => {
  test.each(ENTRIES)('$name', ({ given, expected }) => {
    expect(indexEntries(contact(given), atSecond(10), 'absolute')).toEqual(expected);
  });

  test('a sort key gives its due time back', () => {
    expect(dueAtFromSortKey('0000000000000002#01795428000250')).toBe(T0);
    expect(dueAtFromSortKey('q0000000000000002#01795428000250')).toBe(T0);
    expect(dueAtFromSortKey('0000000000000002#00000000000000')).toBe(undefined);
  });
});

test.each<[string, ContactRecord, object | undefined]>([
  ['Connect is to be asked whether it waits', contact({ record: { look: { at: T0 } } }), { kind: 'look' }],
  ['facts are known that decide', contact({ record: { isUndecided: true } }), { kind: 'reconcile' }],
  ['attributes are needed', contact({ decision: NAMES }), { kind: 'attributes', names: ['value'] }],
  ['its attributes are known now', contact({ decision: NAMES, record: KNOWN }), { kind: 'reconcile' }],
  ['it has no status', { ...contact(), status: undefined }, undefined],
])('what is left to do for a contact where %s', (_name, record, expected) => {
  expect(pendingWork(record)).toEqual(expected);
});

test('an order of an operator goes before a question that a policy has', () => {
  const override = { priority: 1 };
  const changesOf = (members: Members) => {
    const work = pendingWork(contact(members));
    return work?.kind === 'update' ? work.changes : work?.kind;
  };
  expect(changesOf({ decision: { ...NAMES, override } })).toEqual(override);
  expect(changesOf({ decision: { ...NAMES, override }, status: { applied: override } })).toBe('attributes');
});

test.each([
  [undefined, 'none', ['criteria', 'priority']],
  [{ generation: 0 }, 'none', ['criteria', 'priority']],
  [{ generation: 1 }, 'all', undefined],
  [{ generation: 1, onlyCriteria: true as const }, 'criteria', ['priority']],
])('of what Connect rejected nothing is sent again: %j', (part, expected, sent) => {
  const rejected = part && { at: T0, request: {}, message: 'no', ...part };
  const record = contact({
    status: rejected ? { rejected } : {},
    decision: { desired: { priority: 2, criteria: criteria(3) } },
  });
  const { status, decision } = record as Required<ContactRecord>;
  expect(rejectedPart(status, decision)).toBe(expected);
  const work = pendingWork(record);
  expect(work?.kind === 'update' ? Object.keys(work.changes).sort() : undefined).toEqual(sent);
});

test.each<
  [string, status: Partial<RoutingStatus>, decision: Partial<Decision>, changes: Routing | undefined]
>([
  ['that nothing sets any more', {}, { desired: {} }, undefined],
  ['that the policy sets', {}, { desired: { ageSeconds: 0 } }, { ageSeconds: 0 }],
  ['that an operator sets', {}, { desired: {}, override: { ageSeconds: 0 } }, { ageSeconds: 0 }],
  [
    'that goes back after an override',
    { restorePoint: { ageSeconds: 0 } },
    { desired: {} },
    { ageSeconds: 0 },
  ],
  [
    'that an override has set on what was not known',
    { restorePoint: {} },
    { desired: {} },
    { ageSeconds: 0 },
  ],
])('of a field of an unknown result %s is sent: %#', (_name, status, decision, changes) => {
  const work = pendingWork(contact({ status: { unconfirmed: ['ageSeconds'], ...status }, decision }));
  expect(work?.kind === 'update' ? work.changes : undefined).toEqual(changes);
});
