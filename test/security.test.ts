import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { endOfContacts } from '../lambda/domain/contact/customer-contacts.ts';
import { keptUntil } from '../lambda/domain/contact/retention.ts';
import { synthesize } from './lib/synthesize.ts';
import { KEY } from './support/contacts.ts';

const ROOT = join(import.meta.dirname, '..');
const PAGE = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');

/** The rows of the table below a heading, without its head. */
function rows(heading: string): string[][] {
  const [, section = ''] = PAGE.split(`## ${heading}\n`);
  return [...(section.split('\n## ')[0] ?? '').matchAll(/^\| (.*) \|$/gm)]
    .map(([, row = '']) => row.split(' | '))
    .slice(2);
}

describe('docs/security.md', () => {
  test.each(rows('Threats'))('%s could %s: the test that shows it exists', (...row) => {
    const [, file = '', title = ''] = /^`(test\/[^`]+\.test\.ts)`: (.+)$/.exec(row[3] ?? '') ?? [];
    expect(row).toHaveLength(4);
    expect(existsSync(join(ROOT, file))).toBe(true);
    const source = readFileSync(join(ROOT, file), 'utf8');
    expect([`'${title}'`, `\`${title}\``].filter((name) => source.includes(name))).toHaveLength(1);
  });

  const { template } = synthesize();
  const properties = (type: string) =>
    Object.values(template.findResources(type)).map(({ Properties }) => Properties);
  const DAY_MS = 86_400_000;
  const SQS_DEFAULT_DAYS = 4;
  const POINT_IN_TIME_DAYS = 35;
  const queues = properties('AWS::SQS::Queue').map(({ MessageRetentionPeriod: seconds, RedrivePolicy }) => ({
    days: seconds === undefined ? SQS_DEFAULT_DAYS : seconds / 86_400,
    isDeadLetterQueue: RedrivePolicy === undefined,
  }));
  const [{ Replicas: [replica] = [] } = {}] = properties('AWS::DynamoDB::GlobalTable');
  const recovery = replica?.PointInTimeRecoverySpecification;
  const kept = (facts: object, hasUnsentEvents = false) =>
    keptUntil({ ...KEY, ...facts }, 0, hasUnsentEvents) / DAY_MS;

  /** The days that the code keeps each, in the order of the page. */
  const KEPT: Readonly<Record<string, readonly number[]>> = {
    'Record of a contact that has left': [kept({ channel: 'VOICE', disconnectedAt: 1 })],
    'Record of a contact that has left, with events that EventBridge does not accept': [
      kept({ disconnectedAt: 1 }, true),
    ],
    'Record of a call or chat that waits or is served': [
      kept({ channel: 'VOICE' }),
      kept({ channel: 'CHAT' }, true),
    ],
    'Record of another contact that waits or is served': [kept({ channel: 'TASK' }), kept({})],
    "Times of a customer's contacts, under a keyed hash of the customer's id": [
      endOfContacts({ 'c-1': { first: 0, last: 0 } }) / DAY_MS,
    ],
    'Backups of the table (point-in-time recovery)': [
      recovery?.PointInTimeRecoveryEnabled ? (recovery.RecoveryPeriodInDays ?? POINT_IN_TIME_DAYS) : 0,
    ],
    'Messages in a queue': queues.filter((queue) => !queue.isDeadLetterQueue).map(({ days }) => days),
    'Dead letters, with their bodies': queues
      .filter(({ isDeadLetterQueue }) => isDeadLetterQueue)
      .map(({ days }) => days),
    'Log lines, among them those of orders and parameters': properties('AWS::Logs::LogGroup').map(
      ({ RetentionInDays }) => RetentionInDays,
    ),
  };

  test('says how long the code keeps each kind of data', () => {
    const stated = rows('Data kept').map(([data, , time]) => [data, time]);
    const actual = Object.entries(KEPT).map(([data, days]) => [
      data,
      [...new Set(days)].map((one) => (one === 1 ? '1 day' : `${one} days`)).join(', '),
    ]);
    expect(stated).toEqual(actual);
  });

  test('is linked from where people look for it', () => {
    for (const page of ['README.md', 'SECURITY.md']) {
      expect(readFileSync(join(ROOT, page), 'utf8')).toContain('docs/security.md');
    }
  });
});
