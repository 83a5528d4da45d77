import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { PowertoolsTelemetry } from '../../lambda/aws/telemetry.ts';
import { VERSION } from '../../lambda/domain/version.ts';

test.each(['ERROR', 'SILENT'])(
  'what operators order and who changes parameters is logged with its version, also where the functions log the level %s',
  (level) => {
    const before = process.env.POWERTOOLS_LOG_LEVEL;
    process.env.POWERTOOLS_LOG_LEVEL = level;
    const telemetry = new PowertoolsTelemetry();
    if (before === undefined) delete process.env.POWERTOOLS_LOG_LEVEL;
    else process.env.POWERTOOLS_LOG_LEVEL = before;
    const lines: string[] = [];
    for (const logger of [telemetry.logger, telemetry.audit]) {
      const { console } = logger as unknown as { console: Console };
      jest.spyOn(console, 'info').mockImplementation((line: string) => void lines.push(line));
    }
    telemetry.contactLeft({ contactId: 'c', instanceId: 'i', queueId: 'q', waitedMs: 1, how: 'answered' });
    telemetry.ordered({ order: 'reevaluate', sender: 'AROA:ann', messageId: 'm', sentAt: 't' });
    telemetry.configured({ parameter: 'pause', change: 'deleted', parameterVersion: 1 });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'INFO', message: 'order', sender: 'AROA:ann', version: VERSION },
      { level: 'INFO', message: 'configured', parameter: 'pause', version: VERSION },
    ]);
    jest.restoreAllMocks();
  },
);

/** Looks like a line of its own, clears a terminal and reads otherwise than it is. */
const HOSTILE = '\n{"level":"INFO","message":"forged"}\r\u001b[2J\u009b31m\u202e\u2028';
const KEY = { instanceId: 'i', contactId: HOSTILE };

test.each<[string, (telemetry: PowertoolsTelemetry) => void]>([
  [
    'an order',
    (telemetry) =>
      telemetry.ordered({ order: 'override', ...KEY, actor: HOSTILE, messageId: HOSTILE, sentAt: '' }),
  ],
  [
    'a parameter',
    (telemetry) => telemetry.configured({ parameter: HOSTILE, change: 'written', parameterVersion: 1 }),
  ],
  ['an event id', (telemetry) => telemetry.malformedEvent(HOSTILE, new Error(HOSTILE))],
  ['an error of AWS', (telemetry) => telemetry.contactFailed(KEY, new Error(HOSTILE))],
  ['an answer of Connect', (telemetry) => telemetry.outcomeUnknown(KEY, HOSTILE)],
  ['the name of a member', (telemetry) => telemetry.logger.error('x', { [HOSTILE]: { [HOSTILE]: HOSTILE } })],
  ['an error itself', (telemetry) => telemetry.logger.error('x', new Error(HOSTILE))],
])('%s forges no line of the log, and nothing in it reaches a terminal raw', (_name, write) => {
  const telemetry = new PowertoolsTelemetry();
  const lines: string[] = [];
  for (const logger of [telemetry.logger, telemetry.audit]) {
    const { console } = logger as unknown as { console: Console };
    for (const method of ['info', 'warn', 'error'] as const) {
      jest.spyOn(console, method).mockImplementation((line: string) => void lines.push(line));
    }
  }
  write(telemetry);
  jest.restoreAllMocks();
  const [line = '', ...others] = lines;
  expect(others).toEqual([]);
  expect(line).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
  expect(line).toContain('u009b31m');
  expect(JSON.parse(line).message).not.toBe('forged');
});

test('no function writes to its log in another way', () => {
  const root = join(import.meta.dirname, '../..');
  const direct = globSync('lambda/**/*.ts', { cwd: root }).filter((file) =>
    /\bconsole\.|process\.(?:stdout|stderr)/.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(direct).toEqual([]);
});

test('every log line has the version', () => {
  expect(new PowertoolsTelemetry().logger.getPersistentLogAttributes()).toEqual({ version: VERSION });
});
