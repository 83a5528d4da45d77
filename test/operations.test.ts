import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { PowertoolsTelemetry } from '../lambda/aws/telemetry.ts';
import type {
  ChangeLine,
  ConfiguredLine,
  LeftLine,
  OrderLine,
} from '../lambda/domain/outgoing-events/lines.ts';
import { EVENT_NAMES } from '../lambda/domain/outgoing-events/outgoing-event.ts';
import { compilePattern, matches } from '../lambda/domain/pattern/index.ts';

const PAGE = readFileSync('docs/operations.md', 'utf8');

/** The members that the table below a heading lists. */
function listed(heading: string): string[] {
  const [, section = ''] = PAGE.split(`### ${heading}\n`);
  return [...(section.split('\n#')[0] ?? '').matchAll(/^\| `(\w+)` \|/gm)].map(([, name = '']) => name);
}

const VISIT = { contactId: 'c-1', instanceId: 'i-1', queueId: 'q-1', policy: 'gold', step: 0 };

/** With every member, so that the compiler compares them with the type, and this test with the page. */
const CHANGE: Required<ChangeLine> = {
  ...VISIT,
  from: { priority: 5 },
  to: { priority: 2 },
  latenessMs: 400,
  reason: 'policy',
  outcome: 'rejected',
  error: 'invalid',
};
const LEFT: Required<LeftLine> = { ...VISIT, waitedMs: 30_000, how: 'answered' };

const ORDER: Required<OrderLine> = {
  order: 'override',
  contactId: 'c-1',
  instanceId: 'i-1',
  sender: 'AROAEXAMPLEID:bob',
  originalSender: 'AROAEXAMPLEID:ann',
  actor: 'ann',
  messageId: 'm-1',
  sentAt: '2026-11-23T12:00:00.000Z',
  set: { priority: 1 },
  until: '2026-11-23T12:10:00.000Z',
  outcome: 'applied',
};

const CONFIGURED: Required<ConfiguredLine> = {
  parameter: 'policies/gold',
  change: 'written',
  parameterVersion: 3,
  modifiedBy: 'arn:aws:sts::123456789012:assumed-role/Operators/ann',
  at: '2026-11-23T12:00:00.000Z',
};

/** What Lambda's own fields of every line are. */
const OF_EVERY_LINE = ['level', 'message', 'timestamp', 'service', 'version'];

afterEach(() => {
  jest.restoreAllMocks();
});

/** The line that is written, parsed. */
function written(write: (telemetry: PowertoolsTelemetry) => void): Record<string, unknown> {
  const lines: string[] = [];
  const telemetry = new PowertoolsTelemetry();
  for (const logger of [telemetry.logger, telemetry.audit]) {
    const { console } = logger as unknown as { console: Console };
    jest.spyOn(console, 'info').mockImplementation((line: string) => void lines.push(line));
  }
  write(telemetry);
  expect(lines.length).toBe(1);
  return JSON.parse(lines[0] ?? '{}');
}

describe('docs/operations.md lists the members of the log line', () => {
  test.each([
    ['change', CHANGE, (telemetry: PowertoolsTelemetry) => telemetry.changeReported(CHANGE)],
    ['left', LEFT, (telemetry: PowertoolsTelemetry) => telemetry.contactLeft(LEFT)],
    ['order', ORDER, (telemetry: PowertoolsTelemetry) => telemetry.ordered(ORDER)],
    ['configured', CONFIGURED, (telemetry: PowertoolsTelemetry) => telemetry.configured(CONFIGURED)],
  ] as const)('%s', (message, line, write) => {
    const output = written(write);
    expect(output).toMatchObject({ ...line, message, level: 'INFO' });
    const own = Object.keys(output).filter((name) => !OF_EVERY_LINE.includes(name));
    expect(
      own.filter((name) => !(name in line) && name !== 'sampling_rate' && name !== 'xray_trace_id'),
    ).toEqual([]);
    expect(listed(`\`${message}\``)).toEqual(Object.keys(line));
  });
});

test('docs/operations.md lists the outgoing events, with links to schema and example', () => {
  for (const name of EVENT_NAMES) {
    const row = PAGE.split('\n').find((line) => line.startsWith(`| \`${name}\` |`)) ?? '';
    expect(row).toContain(`(../schemas/events/${name}.schema.json)`);
    expect(row).toContain(`(../schemas/events/${name}.example.json)`);
  }
});

test('the pattern of the page selects its event among the examples, and no other', () => {
  const [, json = ''] = /^```json\n(.*?)^```$/ms.exec(PAGE) ?? [];
  const { pattern, problems } = compilePattern(JSON.parse(json));
  expect(problems).toEqual([]);
  const selected = EVENT_NAMES.filter((name) => {
    const event = JSON.parse(readFileSync(`schemas/events/${name}.example.json`, 'utf8'));
    return pattern !== undefined && matches(pattern, event);
  });
  expect(selected).toEqual(['missed']);
});
