import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  type ContactRecord,
  emptyRecord,
  RECORD_SCHEMA_VERSION,
  withHistory,
} from '../../../lambda/domain/contact/record.ts';
import {
  RecordVersionError,
  readRecord,
  UnreadableRecordError,
} from '../../../lambda/domain/contact/record-versions.ts';
import { KEY, QUEUE_ARN } from '../../support/contacts.ts';

const FOLDER = new URL('../../fixtures/records/', import.meta.url);
const sample = (version: number) =>
  JSON.parse(readFileSync(new URL(`version-${version}.json`, FOLDER), 'utf8')) as Record<string, unknown>;
const VERSIONS = Array.from({ length: RECORD_SCHEMA_VERSION }, (_, index) => index + 1);

describe('a stored record', () => {
  test('of each version has a sample', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(VERSIONS.map((version) => `version-${version}.json`));
  });

  test.each(VERSIONS)('of version %i is read as the current version', (version) => {
    expect(readRecord(sample(version))).toEqual(sample(RECORD_SCHEMA_VERSION));
  });

  test('of the first version, with nothing but a signal', () => {
    const { schemaVersion: _schemaVersion, ...stored } = emptyRecord(KEY);
    expect(readRecord({ ...stored, signals: { vip: { at: 1 } } })).toEqual({
      ...emptyRecord(KEY),
      signals: { vip: { at: 1 } },
    });
  });

  test('of version 2, with an observing policy: what it desired is not pending', () => {
    const { decision: stored, ...rest } = sample(2);
    const observing = {
      ...(stored as object),
      mode: 'observe',
      reason: 'governed',
      policy: 'watch',
      step: 1,
    };
    const { decision } = readRecord({ ...rest, decision: observing });
    expect(decision).toMatchObject({ reason: 'no-policy', desired: {}, override: { priority: 1 } });
    expect(Object.keys(decision ?? {})).not.toContain('policy');
    expect(Object.keys(decision ?? {})).not.toContain('mode');
  });

  test('of version 2, with an enforcing policy: without the mode', () => {
    const { decision: stored, ...rest } = sample(2);
    expect(readRecord({ ...rest, decision: { ...(stored as object), mode: 'enforce' } })).toEqual(sample(3));
  });

  test('with a signal to its queue among its own signals, as they were stored at first', () => {
    const queue = { arn: QUEUE_ARN, enqueuedAt: 5 };
    const stored = { ...emptyRecord(KEY), facts: { ...KEY, queue } };
    const signals = { vip: { at: 1 }, backlog: { at: 2, until: 9, ofQueue: true } };
    expect(readRecord({ ...stored, signals })).toEqual({
      ...stored,
      signals: { vip: { at: 1 } },
      queueSignals: { backlog: { at: 2, until: 9, queueArn: QUEUE_ARN } },
    });
  });

  test('is written with the current version', () => {
    expect(emptyRecord(KEY).schemaVersion).toBe(RECORD_SCHEMA_VERSION);
  });

  test.each([RECORD_SCHEMA_VERSION + 1, 'new', 0])('of the unknown version %j is not read', (version) => {
    const read = () => readRecord({ ...emptyRecord(KEY), schemaVersion: version });
    const reads = `reads versions 1 to ${RECORD_SCHEMA_VERSION}`;
    expect(read).toThrow(RecordVersionError);
    expect(read).toThrow(reads);
  });

  test.each<[string, unknown]>([
    ['signals', 'a text'],
    ['signals', { ...emptyRecord(KEY), signals: null }],
    ['signals.angry', { ...emptyRecord(KEY), signals: { angry: null } }],
    ['history', { ...emptyRecord(KEY), history: {} }],
    ['chain', { ...emptyRecord(KEY), chain: null }],
    ['override', { ...emptyRecord(KEY), override: 'P1' }],
    ['facts.queue', { ...emptyRecord(KEY), facts: { ...KEY, queue: null } }],
    ['unsentEvents[0]', { ...emptyRecord(KEY), unsentEvents: [null] }],
    ['unsentEvents[0]', { ...emptyRecord(KEY), unsentEvents: [{ at: 'noon', detail: {} }] }],
    ['facts.pauses', { ...emptyRecord(KEY), facts: { ...KEY, pauses: 1 } }],
    ['status', { ...emptyRecord(KEY), status: 'queued' }],
    ['status.applied', { ...emptyRecord(KEY), status: { queueVisit: 'q@1' } }],
    ['status.unconfirmed', { ...emptyRecord(KEY), status: { applied: {}, unconfirmed: {} } }],
    ['decision.desired', { ...emptyRecord(KEY), decision: { desired: null } }],
    ['attributes', { ...emptyRecord(KEY), attributes: null }],
    ['shadows.policies', { ...emptyRecord(KEY), shadows: { policies: 'all' } }],
  ])('with damaged %s is not read', (member, stored) => {
    const read = () => readRecord(stored);
    expect(read).toThrow(UnreadableRecordError);
    expect(read).toThrow(`is damaged: ${member} is not what`);
  });
});

test('a line of the history has a bound, so that no record outgrows its item in the table', () => {
  const record = Array.from({ length: 30 }).reduce<ContactRecord>(
    (before) => withHistory(before, 0, 'é'.repeat(20_000)),
    emptyRecord(KEY),
  );
  expect(Buffer.byteLength(JSON.stringify(record))).toBeLessThan(50_000);
});
