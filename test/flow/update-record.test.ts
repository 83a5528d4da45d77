import { expect, test } from '@jest/globals';
import { withHistory } from '../../lambda/domain/contact/record.ts';
import { DEFAULT_SETTINGS } from '../../lambda/domain/settings.ts';
import { ContendedContactError } from '../../lambda/flow/errors.ts';
import { throwReasons } from '../../lambda/flow/reasons.ts';
import { updateRecord } from '../../lambda/flow/update-record.ts';
import { context, KEY, queuedContact, T0 } from '../support/contacts.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

/** A store in which somebody else writes before each of the first writes. */
async function contended(conflicts: number) {
  const memory = new MemoryPorts(context({}));
  await memory.save(queuedContact(), 0, {});
  let left = conflicts;
  memory.beforeSave = () => {
    const stored = memory.items.get('i-1#c-1');
    if (left-- <= 0 || !stored) return;
    const record = withHistory(stored.record, T0, `by another ${left}`);
    memory.items.set('i-1#c-1', { ...stored, record, revision: stored.revision + 1 });
  };
  const stored = await memory.load(KEY);
  const change = (record: typeof stored.record) => withHistory(record, T0, 'mine');
  return {
    memory,
    update: () =>
      updateRecord(stored, change, DEFAULT_SETTINGS, {
        contacts: memory,
        clock: memory.clock,
        backOff: (conflict) => memory.backOff(conflict),
      }),
  };
}

test.each([0, 1, 7])(
  'a record is changed on top of what others wrote, after %d conflicts',
  async (conflicts) => {
    const { memory, update } = await contended(conflicts);
    const written = await update();
    expect(written.revision).toBe(conflicts + 2);
    expect(memory.record(KEY)?.history).toEqual(written.record.history);
    expect(written.record.history.filter(({ text }) => text === 'mine')).toHaveLength(1);
    expect(written.record.history).toHaveLength(conflicts + 1);
    expect(memory.backOffs).toEqual([1, 2, 2, 2, 2, 2, 2].slice(0, conflicts));
  },
);

test('after 32 conflicts in a row the change fails', async () => {
  const { memory, update } = await contended(32);
  await expect(update()).rejects.toThrow(ContendedContactError);
  expect(memory.backOffs).toHaveLength(31);
  expect(memory.record(KEY)?.history.some(({ text }) => text === 'mine')).toBe(false);
});

test('a change waits for its turn before it reads the record again', async () => {
  const { memory, update } = await contended(1);
  let isReadEarly = false;
  let isWaiting = false;
  memory.backOff = async () => {
    isWaiting = true;
    await new Promise((resolve) => setImmediate(resolve));
    isWaiting = false;
  };
  const load = memory.load.bind(memory);
  memory.load = (key) => {
    isReadEarly ||= isWaiting;
    return load(key);
  };
  await update();
  expect(isReadEarly).toBe(false);
});

test.each<[string, unknown[], unknown]>([
  ['nothing where nothing failed', [], undefined],
  ['the reason where one failed', [new RangeError('a')], new RangeError('a')],
  [
    'all reasons where several failed',
    [new RangeError('a'), new TypeError('b')],
    new AggregateError([], 'RangeError: a; TypeError: b'),
  ],
])('of several parts, %s is thrown', (_name, reasons, expected) => {
  const results = [
    { status: 'fulfilled' as const, value: 1 },
    ...reasons.map((reason) => ({ status: 'rejected' as const, reason })),
  ];
  const run = () => throwReasons(results);
  if (expected === undefined) expect(run).not.toThrow();
  else expect(run).toThrow(expected as Error);
});
