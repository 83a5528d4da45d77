import { describe, expect, test } from '@jest/globals';
import { recentChanges } from '../../../../cli/state/changes/recent-changes.ts';
import type { ContactRecord, HistoryEntry } from '../../../../lambda/domain/contact/record.ts';
import { withHistory } from '../../../../lambda/domain/contact/record.ts';
import { MemoryReader } from '../../../../scripts/console/memory-reader.ts';
import { waitingRecord } from '../../../../scripts/console/waiting-contacts.ts';
import { atSecond, INSTANCE, QUEUE_ARN, queuedContact, T0 } from '../../../support/contacts.ts';

const POLICIES = {
  ladder: {
    steps: [
      { after: '0s', set: { priority: 4 } },
      { from: '1m', every: '1m', ramp: { age: { add: '30s', upTo: '90s' } } },
      { after: '5m', set: { priority: 1 } },
    ],
  },
};
const { context } = new MemoryReader(T0, { policies: POLICIES, since: T0 }, [INSTANCE]);

const CONTACT = { instanceId: INSTANCE, contactId: 'c-1' };

const line = (second: number, text: string): HistoryEntry => ({ at: atSecond(second), text });

function changes(history: readonly HistoryEntry[], rest: Partial<ContactRecord> = {}, since = T0 - 1) {
  return recentChanges({ ...queuedContact(), ...CONTACT, history, ...rest }, context, since);
}

describe('the changes of a contact', () => {
  test('have the value before and after, the policy and its step, and come in order of time', () => {
    const contact = { ...CONTACT, queueArn: QUEUE_ARN, enqueuedAt: T0 };
    const record = waitingRecord(contact, context, atSecond(310));
    const found = recentChanges(record, context, T0 - 1);
    expect(
      found.map(({ at, priority, ageSeconds, step }) => ({ at, priority, ageSeconds, step })),
    ).toStrictEqual([
      { at: T0, priority: { from: 5, to: 4 }, ageSeconds: undefined, step: 1 },
      ...[60, 120, 180].map((second, index) => ({
        at: atSecond(second),
        priority: undefined,
        ageSeconds: { from: 30 * index, to: 30 * (index + 1) },
        step: 2,
      })),
      { at: atSecond(300), priority: { from: 4, to: 1 }, ageSeconds: undefined, step: 3 },
    ]);
    expect(found[0]).toEqual({ ...CONTACT, ...found[0], queueArn: QUEUE_ARN, policy: 'ladder' });
    expect(recentChanges(record, context, atSecond(180)).map(({ at }) => at)).toStrictEqual([atSecond(300)]);
  });

  test('name who overrode it, and the policy again once the override is over', () => {
    const found = changes([
      line(0, 'governed by ladder step 0'),
      line(1, 'applied {"QueuePriority":4}'),
      line(10, 'override by ann lee, sent by AIDA:ann'),
      line(10, 'governed by ladder step 0, overridden with {"priority":1}'),
      line(11, 'applied {"QueuePriority":1}'),
      line(20, 'governed by ladder step 0'),
      line(21, 'applied {"QueuePriority":4}'),
    ]);
    expect(found.map(({ policy, override }) => override ?? policy)).toStrictEqual([
      'ladder',
      { actor: 'ann lee' },
      'ladder',
    ]);
    const [, unnamed] = changes([
      line(1, 'applied {"QueuePriority":4}'),
      line(2, 'override'),
      line(2, 'governed, overridden with {"priority":1}'),
      line(3, 'applied {"QueuePriority":1}'),
    ]);
    expect(unnamed?.override).toStrictEqual({});
  });

  test('are those alone that Connect has accepted, in this visit to a queue', () => {
    const before = line(-10, 'applied {"QueuePriority":2}');
    const rejected = line(1, 'rejected {"QueuePriority":1}: not found');
    const unknown = line(2, 'result unknown of {"QueuePriority":1}: timeout');
    expect(changes([before, rejected, unknown])).toStrictEqual([]);
    expect(changes([before, line(3, 'applied {"QueuePriority":1}')])).toMatchObject([
      { priority: { from: 5, to: 1 } },
    ]);
  });

  test('begin with what the flow set, and show another route', () => {
    const status = {
      queueVisit: '',
      applied: {},
      isObserved: true,
      initial: { priority: 7, ageSeconds: 60 },
    };
    const criteria = '{"Steps":[{"Expression":{}}]}';
    expect(
      changes([line(1, `applied {"QueuePriority":3,"RoutingCriteria":${criteria}}`)], { status }),
    ).toMatchObject([{ priority: { from: 7, to: 3 }, isRerouted: true }]);
  });

  test('add up where Connect adds one age to the other', () => {
    const incremental = {
      ...context,
      settings: { ...context.settings, ageAdjustment: 'incremental' as const },
    };
    const history = [1, 2].map((second) => line(second, 'applied {"QueueTimeAdjustmentSeconds":30}'));
    const found = recentChanges({ ...queuedContact(), history }, incremental, T0);
    expect(found.map(({ ageSeconds }) => ageSeconds)).toStrictEqual([
      { from: 0, to: 30 },
      { from: 30, to: 60 },
    ]);
  });

  test('do not claim what dropped lines of the history would tell', () => {
    let record: ContactRecord = {
      ...queuedContact(),
      decision: {
        generation: 1,
        reason: 'governed',
        policy: 'ladder',
        step: 0,
        desired: {},
        allowLower: false,
      },
    };
    for (let second = 0; second < 30; second += 1)
      record = withHistory(record, atSecond(second), 'applied {"QueuePriority":3}');
    const found = recentChanges(record, context, T0);
    expect(found.map(({ priority }) => priority?.from)).toStrictEqual([undefined, ...Array(19).fill(3)]);
    expect(found[0]).toMatchObject({ policy: 'ladder', step: 1 });
  });
});
