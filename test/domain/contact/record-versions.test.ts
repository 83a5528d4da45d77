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
    expect(readRecord({ ...rest, decision: { ...(stored as object), mode: 'enforce' } })).toEqual(
      sample(RECORD_SCHEMA_VERSION),
    );
  });

  test.each<[string, object, object]>([
    [
      'that is closed may be tried again',
      { closedAt: 5 },
      { closedAt: 5, closure: { cause: 'not-found', count: 1 } },
    ],
    [
      'that is closed has the visit of its status',
      { closedAt: 5, status: { queueVisit: 'q@1', applied: {} } },
      { closure: { cause: 'not-found', queueVisit: 'q@1', count: 1 } },
    ],
    ['that is open has no closure', { status: { queueVisit: 'q@1', applied: {} } }, { closure: undefined }],
    ['that was paused', { facts: { ...KEY, pausedAt: 5 } }, { facts: { ...KEY, pauses: [5] } }],
    ['that was resumed', { facts: { ...KEY, resumedAt: 5 } }, { facts: { ...KEY, resumes: [5] } }],
    ['that was neither', { facts: { ...KEY } }, { facts: { ...KEY } }],
    [
      'that named a previous contact without continuing it has no chain',
      { facts: { ...KEY, initiationMethod: 'API', previousContactId: 'b' }, chain: { transfers: 1 } },
      { chain: undefined },
    ],
    [
      'that continued a contact keeps its chain',
      { facts: { ...KEY, initiationMethod: 'TRANSFER', previousContactId: 'b' }, chain: { transfers: 1 } },
      { chain: { transfers: 1 } },
    ],
    [
      'whose policy observed may not lower',
      { decision: { mode: 'observe', allowLower: true, desired: { priority: 1 } } },
      { decision: { reason: 'no-policy', desired: {}, allowLower: false } },
    ],
  ])('of version 2 %s', (_name, stored, expected) => {
    const record = readRecord({ ...emptyRecord(KEY), ...stored, schemaVersion: 2 });
    const names = Object.keys(expected) as (keyof ContactRecord)[];
    expect(Object.fromEntries(names.map((name) => [name, record[name]]))).toEqual(expected);
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

  test('with signals to its queue in both places has them all, the newer form first', () => {
    const facts = { ...KEY, queue: { arn: QUEUE_ARN, enqueuedAt: 5 } };
    const queueSignals = { backlog: { at: 3, queueArn: QUEUE_ARN }, late: { at: 4, queueArn: QUEUE_ARN } };
    const stored = { ...emptyRecord(KEY), facts, queueSignals };
    const signals = { backlog: { at: 2, ofQueue: true }, early: { at: 1, ofQueue: true } };
    expect(readRecord({ ...stored, signals })).toEqual({
      ...stored,
      queueSignals: { ...queueSignals, early: { at: 1, queueArn: QUEUE_ARN } },
    });
    expect(readRecord(stored)).toEqual(stored);
  });

  test('with a signal to a queue that is not known keeps it', () => {
    const signals = { early: { at: 1, ofQueue: true } };
    expect(readRecord({ ...emptyRecord(KEY), signals }).queueSignals).toEqual({ early: { at: 1 } });
  });

  test.each(['status', 'decision', 'shadows', 'closure'])(
    'of a visit to an agent’s own queue in its %s alone is about the id of the queue',
    (part) => {
      const withVisit = (queueVisit: string) => ({
        ...emptyRecord(KEY),
        [part]: { applied: {}, desired: {}, policies: [], queueVisit },
      });
      expect(readRecord(withVisit('i/queue/agent/a-1@5'))).toEqual(withVisit('i/queue/a-1@5'));
    },
  );

  test('of a visit to an agent’s own queue is about the visit by the id of the queue alone', () => {
    const stored = readRecord(sample(RECORD_SCHEMA_VERSION));
    const name = (queue: string) =>
      `arn:aws:connect:eu-central-1:1:instance/i-1/queue/${queue}@1795428000250`;
    const withName = (queueVisit: string) => ({
      ...stored,
      ...Object.fromEntries(
        Object.entries({
          status: stored.status,
          decision: stored.decision,
          shadows: { policies: [] },
          closure: { at: 1 },
        }).map(([part, value]) => [part, { ...value, queueVisit }]),
      ),
    });
    expect(readRecord(withName(name('agent/a-1')))).toEqual(withName(name('a-1')));
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
    ['signals', null],
    ['queueName', { ...emptyRecord(KEY), queueName: 'Billing' }],
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
    ['facts', { ...emptyRecord(KEY), facts: 'none' }],
    ['shadows', { ...emptyRecord(KEY), shadows: 'none' }],
    ['decision', { ...emptyRecord(KEY), decision: 'none' }],
    ['messageIds', { ...emptyRecord(KEY), messageIds: 'none' }],
    ['successors', { ...emptyRecord(KEY), successors: 'none' }],
    ['unsentEvents', { ...emptyRecord(KEY), unsentEvents: 'none' }],
    ['unsentEvents[1]', { ...emptyRecord(KEY), unsentEvents: [{ at: 1, detail: {} }, { at: 1 }] }],
    ['facts.approximateQueue', { ...emptyRecord(KEY), facts: { ...KEY, approximateQueue: 'q' } }],
    ['facts.tags', { ...emptyRecord(KEY), facts: { ...KEY, tags: 'none' } }],
    ['facts.segmentAttributes', { ...emptyRecord(KEY), facts: { ...KEY, segmentAttributes: 'none' } }],
    ['facts.resumes', { ...emptyRecord(KEY), facts: { ...KEY, resumes: 1 } }],
    [
      'decision.requiredAttributes',
      { ...emptyRecord(KEY), decision: { desired: {}, requiredAttributes: 'none' } },
    ],
    ['attributes.names', { ...emptyRecord(KEY), attributes: { names: 'none' } }],
    [
      'shadows.requiredAttributes',
      { ...emptyRecord(KEY), shadows: { policies: [], requiredAttributes: 'a' } },
    ],
    ['queueSignals', { ...emptyRecord(KEY), queueSignals: 'none' }],
    ['queueSignals.vip', { ...emptyRecord(KEY), queueSignals: { vip: 7 } }],
    ['queueConditions', { ...emptyRecord(KEY), queueConditions: [] }],
    ['queueConditions.busy', { ...emptyRecord(KEY), queueConditions: { busy: 'yes' } }],
    ['appliedMessages', { ...emptyRecord(KEY), appliedMessages: {} }],
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
