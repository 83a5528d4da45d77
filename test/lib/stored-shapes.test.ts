import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { VERSION } from '../../lambda/domain/version.ts';
import { type StoredShapes, storedShapes, upgradeProblems } from './support/stored-shapes.ts';
import { synthesize } from './synthesize.ts';

const now = storedShapes(synthesize().template);

// A release writes its own fixture: RELEASE_SHAPES=1 npm test -- test/lib/stored-shapes
if (process.env.RELEASE_SHAPES) {
  writeFileSync(`test/fixtures/releases/${VERSION}.json`, `${JSON.stringify(now, null, 2)}\n`);
}

const releases = globSync('test/fixtures/releases/*.json').sort((a, b) =>
  a.localeCompare(b, 'en', { numeric: true }),
);
const last = releases.at(-1) ?? '';
const version = /([^/]+)\.json$/.exec(last)?.[1] ?? '';
const released: StoredShapes = JSON.parse(readFileSync(last, 'utf8'));
const guide =
  readFileSync('docs/upgrading.md', 'utf8')
    .split(/^## /m)
    .find((section) => section.startsWith(`From ${version}`)) ?? '';

test('whatever is stored can be upgraded from the last release, and docs/upgrading.md explains what changes', () => {
  expect(upgradeProblems(released, now, guide)).toEqual([]);
});

describe('what cannot be upgraded is found', () => {
  const pending = released.indexes.pending as StoredShapes['indexes'][string];
  const [table = ''] = Object.keys(released.tables);
  const shape = released.tables[table] as StoredShapes['tables'][string];
  const [queue = ''] = Object.keys(released.queues);

  test.each<[string, Partial<StoredShapes>, unknown]>([
    [
      'an index with another key under its old name',
      { indexes: { ...released.indexes, pending: { ...pending, keys: ['HASH instance S'] } } },
      'indexes: pending has another shape under its old name: give it a new name.',
    ],
    [
      'an index that projects something else under its old name',
      { indexes: { ...released.indexes, pending: { ...pending, projection: ['ALL'] } } },
      'indexes: pending has another shape under its old name: give it a new name.',
    ],
    [
      'two new indexes at once',
      { indexes: { ...released.indexes, a: pending, b: pending } },
      'indexes: DynamoDB creates one in an update, not 2: release them one by one.',
    ],
    [
      'a new index that nobody explains',
      { indexes: { ...released.indexes, a: pending } },
      'indexes: a is new or gone: explain `a` in docs/upgrading.md.',
    ],
    [
      'a table with another key',
      { tables: { [table]: { ...shape, keys: ['HASH id S'] } } },
      `tables: ${table} has another shape under its old name: give it a new name.`,
    ],
    ['another table', { tables: {} }, `tables: ${table} is gone: the system would forget who waits.`],
    [
      'a queue that becomes another kind',
      { queues: { ...released.queues, [queue]: { fifo: !released.queues[queue]?.fifo } } },
      `queues: ${queue} has another shape under its old name: give it a new name.`,
    ],
    ['a queue that is gone', { queues: {} }, expect.stringContaining(`queues: ${queue} is new or gone`)],
    [
      'another parameter under an old logical id',
      { parameters: { ...released.parameters, [Object.keys(released.parameters)[0] ?? '']: '/other' } },
      expect.stringMatching(/^parameters: \w+ has another shape/),
    ],
    [
      'an older version of the records',
      { recordSchemaVersion: released.recordSchemaVersion - 1 },
      expect.stringMatching(/^recordSchemaVersion: \d cannot read the records of version \d\.$/),
    ],
    [
      'a newer version of the records that nobody explains',
      { recordSchemaVersion: 99 },
      'recordSchemaVersion: explain `schemaVersion` 99 in docs/upgrading.md.',
    ],
    [
      'items under another key',
      { keyPrefixes: [] },
      'keyPrefixes: items that begin with configuration# would be forgotten.',
    ],
  ])('%s', (_name, change, problem) => {
    expect(upgradeProblems(released, released, '')).toEqual([]);
    expect(upgradeProblems(released, { ...released, ...change }, '')).toContainEqual(problem);
  });
});
