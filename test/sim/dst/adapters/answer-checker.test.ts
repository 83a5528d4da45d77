import { describe, expect, test } from '@jest/globals';
import type { ContactKey } from '../../../../lambda/domain/contact/contact-key.ts';
import { emptyRecord } from '../../../../lambda/domain/contact/record.ts';
import type { Connect, ContactStore, LoadMetrics, QuotaState } from '../../../../lambda/flow/ports.ts';
import { AnswerChecker, type CurrentCall } from '../../../../sim/dst/adapters/answer-checker.ts';

const KEY = { instanceId: 'i-1', contactId: 'c-1' };
const OTHER = { instanceId: 'i-1', contactId: 'c-2' };

function judge(revisions: Readonly<Record<string, number>> = {}) {
  const violations: string[] = [];
  const held = new Map(Object.entries(revisions));
  const overview = () => ({ queues: [{ id: 'q-1' }, { id: 'q-2' }] }) as never;
  const checker = new AnswerChecker(
    { revisionOf: (key) => held.get(key) ?? 0, centres: new Map([['i-1', { overview }]]), now: () => 0 },
    (message) => violations.push(message),
  );
  return { checker, held, violations };
}

const stored = (key: ContactKey, revision: number) => ({ record: emptyRecord(key), revision });

describe('a read of contacts', () => {
  const store = (revisions: readonly [ContactKey, number][]) =>
    ({
      load: async (key: ContactKey) => stored(key, revisions[0]?.[1] ?? 0),
      loadMany: async () => revisions.map(([key, revision]) => stored(key, revision)),
    }) as unknown as ContactStore;

  test.each([
    [2, []],
    [3, []],
    [1, ['c-1 is read with revision 1, and 2 had been written']],
  ])('answers what was written last, or later: revision %i', async (revision, expected) => {
    const { checker, violations } = judge({ 'i-1#c-1': 2 });
    expect(await checker.contacts(store([[KEY, revision]])).load(KEY)).toStrictEqual(stored(KEY, revision));
    expect(violations).toStrictEqual(expected);
  });

  test('leaves none out that is stored', async () => {
    const { checker, violations } = judge({ 'i-1#c-1': 2, 'i-1#c-2': 1 });
    await checker.contacts(store([[KEY, 2]])).loadMany([KEY, OTHER]);
    expect(violations).toStrictEqual(['c-2 is read with revision 0, and 1 had been written']);
  });

  test('may miss an item that reached its end meanwhile', async () => {
    const { checker, held, violations } = judge({ 'i-1#c-1': 2 });
    const reading = checker.contacts(store([])).loadMany([KEY]);
    held.delete('i-1#c-1');
    await reading;
    expect(violations).toStrictEqual([]);
  });
});

describe('a state of the quotas', () => {
  const quota = (tokens: number) => ({ update: { tokens } }) as unknown as QuotaState;

  test.each([
    ['this one', 4, 2, []],
    ['that of another dispatch', 3, 2, ['revision 2 of the quotas counts as written, and another state is']],
    ['none, and it says so', 3, undefined, []],
  ])('that counts as written is written: the table has %s', async (_case, tokens, saved, expected) => {
    const { checker, violations } = judge();
    const store = { load: async () => undefined, save: async () => saved };
    checker.onQuotaWritten(quota(tokens), 2);
    expect(await checker.quota(store).save(quota(4), 1)).toBe(saved);
    expect(violations).toStrictEqual(expected);
  });
});

describe('the result of a call', () => {
  const LOG = { underWay: undefined, begin: async () => true };
  const attempt = (generation: number) => ({ generation, update: { QueuePriority: 1 } }) as never;
  const answering =
    (answered: CurrentCall['answered']) =>
    <T>(call: CurrentCall, action: () => Promise<T>): Promise<T> => {
      call.answered = answered;
      return action();
    };
  const port = (kind: string) =>
    ({ updateRouting: async () => ({ kind }), describe: async () => ({ kind }) }) as unknown as Connect;

  test.each([
    ['done', 'done', []],
    ['unknown', undefined, []],
    ['done', undefined, ['the update of c-1 results in "done", and Connect answered "nothing"']],
    ['throttled', undefined, ['the update of c-1 results in "throttled", and Connect answered "nothing"']],
    ['throttled', 'unknown', ['the update of c-1 results in "throttled", and Connect answered "unknown"']],
    ['done', 'conflict', ['the update of c-1 results in "done", and Connect answered "conflict"']],
  ] as const)('of an update is "%s" where Connect answered %s', async (kind, answered, expected) => {
    const { checker, violations } = judge();
    await checker.connect(port(kind), answering(answered)).updateRouting(KEY, attempt(1), LOG);
    expect(violations).toStrictEqual(expected);
  });

  test('of an update is "done" where it was made before, in the same generation', async () => {
    const { checker, violations } = judge();
    await checker.connect(port('done'), answering('done')).updateRouting(KEY, attempt(1), LOG);
    const later = checker.connect(port('done'), answering(undefined));
    await later.updateRouting(KEY, attempt(1), LOG);
    expect(violations).toStrictEqual([]);
    await later.updateRouting(KEY, attempt(2), LOG);
    await later.updateRouting(OTHER, attempt(1), LOG);
    expect(violations).toStrictEqual([
      'the update of c-1 results in "done", and Connect answered "nothing"',
      'the update of c-2 results in "done", and Connect answered "nothing"',
    ]);
  });

  test.each([
    ['described', 'described', []],
    ['unknown', 'described', []],
    ['gone', 'unknown', ['the question of c-1 results in "gone", and Connect answered "unknown"']],
    ['described', undefined, ['the question of c-1 results in "described", and Connect answered "nothing"']],
  ] as const)('of a question is "%s" where Connect answered %s', async (kind, answered, expected) => {
    const { checker, violations } = judge();
    await checker.connect(port(kind), answering(answered)).describe(KEY);
    expect(violations).toStrictEqual(expected);
  });
});

describe('the metrics of queues', () => {
  const port = (ids: readonly string[]) =>
    ({
      loads: async () => new Map(ids.map((id) => [id, {}])),
      queueNames: async () => new Map(ids.map((id) => [id, id])),
    }) as unknown as LoadMetrics;

  test.each([
    [['q-1', 'q-2'], []],
    [['q-1'], ['the loads of i-1 lack q-2', 'the names of i-1 lack q-2']],
  ])('have all that were asked for: %j', async (ids, expected) => {
    const { checker, violations } = judge();
    const metrics = checker.metrics(port(ids));
    await metrics.loads('i-1', ['q-1', 'q-2', 'deleted'], undefined);
    await metrics.queueNames('i-1');
    expect(violations).toStrictEqual(expected);
  });
});
