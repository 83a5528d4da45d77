import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { describe, expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { METRICS, METRICS_NAMESPACE } from '../../lambda/aws/metric-names.ts';
import { PowertoolsTelemetry } from '../../lambda/aws/telemetry.ts';
import type { Refusal } from '../../lambda/domain/configuration/compiled.ts';
import { MalformedEventError } from '../../lambda/domain/contact/parse-event.ts';
import { MalformedMessageError } from '../../lambda/domain/messages/rule-message.ts';
import type { OrderLine } from '../../lambda/domain/outgoing-events/lines.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import { VERSION } from '../../lambda/domain/version.ts';

type Members = Readonly<Record<string, unknown>>;

/** The lines of the log of a function, as Lambda reads them, with what every line has left out. */
function logged(use: (telemetry: PowertoolsTelemetry) => void, level = 'INFO') {
  const texts: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      texts.push(String(chunk));
      done();
    },
  });
  const restore = [
    replaced(process, 'stdout', stream),
    replaced(process, 'stderr', stream),
    replaced(process.env, 'POWERTOOLS_LOG_LEVEL', level),
    replaced(process.env, 'POWERTOOLS_METRICS_NAMESPACE', METRICS_NAMESPACE),
    replaced(process.env, 'POWERTOOLS_SERVICE_NAME', 'connect-escalator'),
    replaced(process.env, 'AWS_LAMBDA_INITIALIZATION_TYPE', 'on-demand'),
  ];
  try {
    const telemetry = new PowertoolsTelemetry();
    use(telemetry);
    telemetry.end();
  } finally {
    for (const undo of restore) undo();
  }
  const parsed: Members[] = texts.map((text) => JSON.parse(text));
  return {
    texts,
    lines: parsed.flatMap(({ timestamp, service, sampling_rate, ...line }) => ('_aws' in line ? [] : [line])),
    /** Each with its unit and value. */
    metrics: Object.assign({}, ...parsed.map(metricsOf)) as Members,
  };
}

function replaced(object: object, name: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(object, name);
  Object.defineProperty(object, name, { value, configurable: true, enumerable: true, writable: true });
  return () => {
    if (before) Object.defineProperty(object, name, before);
    else Reflect.deleteProperty(object, name);
  };
}

/** The metrics that a line has in CloudWatch's embedded metric format, under the dimension that the alarms name. */
function metricsOf(line: Members): Members {
  const { CloudWatchMetrics = [] } = (line._aws ?? {}) as {
    CloudWatchMetrics?: {
      Namespace: string;
      Dimensions: string[][];
      Metrics: { Name: string; Unit: string }[];
    }[];
  };
  const metrics = CloudWatchMetrics.filter(
    ({ Namespace, Dimensions: [names, ...others] }) =>
      Namespace === 'ConnectEscalator' &&
      others.length === 0 &&
      names?.join() === 'service' &&
      line.service === 'connect-escalator',
  );
  return Object.fromEntries(
    metrics.flatMap(({ Metrics }) => Metrics.map(({ Name, Unit }) => [Name, `${line[Name]} ${Unit}`])),
  );
}

test.each(['ERROR', 'SILENT'])(
  'what operators order and who changes parameters is logged with its version, also where the functions log the level %s',
  (level) => {
    const { lines } = logged((telemetry) => {
      telemetry.contactLeft({ contactId: 'c', instanceId: 'i', queueId: 'q', waitedMs: 1, how: 'answered' });
      telemetry.ordered({ order: 'reevaluate', sender: 'AROA:ann', messageId: 'm', sentAt: 't' });
      telemetry.configured({ parameter: 'pause', change: 'deleted', parameterVersion: 1 });
    }, level);
    expect(lines).toMatchObject([
      { level: 'INFO', message: 'order', sender: 'AROA:ann', version: VERSION },
      { level: 'INFO', message: 'configured', parameter: 'pause', version: VERSION },
    ]);
  },
);

const CONTACT = { instanceId: 'i', contactId: 'c' };
const ERROR = Object.assign(new Error('no'), { name: 'OddError' });
const CHANGE = { ...CONTACT, queueId: 'q', latenessMs: 9, reason: 'policy', outcome: 'applied' } as const;
const refusal = (parameter: string, inForce?: number): Refusal => ({
  parameter,
  version: 3,
  problems: [{ line: 1, column: 2, code: 'odd', path: ['a'], message: 'It is odd.' }],
  problemCount: 1,
  since: 0,
  isHistoryKnown: true,
  ...(inForce === undefined ? {} : { inForce }),
});
const summary = (parameter: string, inForce: number | 'none' = 'none') => ({
  parameter,
  version: 3,
  since: '1970-01-01T00:00:00.000Z',
  inForce,
});

/** What each report logs and measures. Alarms, dashboards and queries rely on it. */
const REPORTS: readonly [string, (telemetry: PowertoolsTelemetry) => void, Members[], Members][] = [
  [
    'a change that Connect accepted',
    (telemetry) => telemetry.changeApplied(1_500),
    [],
    { ChangesApplied: '1 Count', Lateness: '1500 Milliseconds' },
  ],
  [
    'the line of a change',
    (telemetry) => telemetry.changeReported({ ...CHANGE, from: { priority: 5 }, to: { priority: 1 } }),
    [{ level: 'INFO', message: 'change', ...CHANGE, from: { priority: 5 }, to: { priority: 1 } }],
    {},
  ],
  [
    'a contact that left',
    (telemetry) => telemetry.contactLeft({ ...CONTACT, queueId: 'q', waitedMs: 1, how: 'answered' }),
    [{ level: 'INFO', message: 'left', ...CONTACT, queueId: 'q', waitedMs: 1, how: 'answered' }],
    {},
  ],
  [
    'events that EventBridge did not accept',
    (telemetry) => telemetry.eventsUnsent(3, 'busy'),
    [{ level: 'ERROR', count: 3, reason: 'busy' }],
    { UnsentEvents: '3 Count' },
  ],
  [
    'a shadow',
    (telemetry) => telemetry.shadowChanged(CONTACT, { policy: 'p', step: 1, set: { priority: 2 } }),
    [{ level: 'INFO', ...CONTACT, policy: 'p', step: 1, set: { priority: 2 } }],
    { ShadowChanges: '1 Count' },
  ],
  ['a throttled call', (telemetry) => telemetry.callThrottled(), [], { ThrottledCalls: '1 Count' }],
  [
    'a rejected update',
    (telemetry) => telemetry.updateRejected(CONTACT, { update: { QueuePriority: 2 } } as UpdateAttempt, 'no'),
    [{ level: 'ERROR', ...CONTACT, request: { QueuePriority: 2 }, reason: 'no' }],
    { RejectedChanges: '1 Count' },
  ],
  [
    'a denial',
    (telemetry) => telemetry.accessDenied('no'),
    [{ level: 'ERROR', reason: 'no' }],
    { AccessDenied: '1 Count' },
  ],
  [
    'a question without an answer',
    (telemetry) => telemetry.questionUnanswered(CONTACT, 'no'),
    [{ level: 'WARN', ...CONTACT, reason: 'no' }],
    { UnansweredQuestions: '1 Count' },
  ],
  [
    'an unknown outcome',
    (telemetry) => telemetry.outcomeUnknown(CONTACT, 'no'),
    [{ level: 'WARN', ...CONTACT, reason: 'no' }],
    { UnknownOutcomes: '1 Count' },
  ],
  [
    'a closed contact',
    (telemetry) => telemetry.contactClosed(CONTACT, 'no'),
    [{ level: 'INFO', ...CONTACT, reason: 'no' }],
    { ClosedContacts: '1 Count' },
  ],
  [
    'a contact for which dispatch failed',
    (telemetry) => telemetry.contactFailed(CONTACT, ERROR),
    [{ level: 'ERROR', ...CONTACT, reason: 'OddError: no' }],
    { FailedContacts: '1 Count' },
  ],
  [
    'an unreadable record before a contact',
    (telemetry) => telemetry.chainUnreadable(CONTACT, ERROR),
    [{ level: 'ERROR', ...CONTACT, reason: 'OddError: no' }],
    { FailedContacts: '1 Count' },
  ],
  [
    'the earlier contacts of a customer that cannot be counted',
    (telemetry) => telemetry.recentContactsUnknown(CONTACT, ERROR),
    [{ level: 'WARN', ...CONTACT, reason: 'OddError: no' }],
    {},
  ],
  [
    'signals that are dropped since a contact has too many',
    (telemetry) => telemetry.signalsDropped(CONTACT, 2),
    [{ level: 'WARN', ...CONTACT, count: 2 }],
    {},
  ],
  [
    'a load that cannot be read',
    (telemetry) => telemetry.loadUnreadable(ERROR),
    [{ level: 'WARN', reason: 'OddError: no' }],
    {},
  ],
  [
    'a queue whose name cannot be looked up',
    (telemetry) => telemetry.queueNameUnreadable('arn:q', ERROR),
    [{ level: 'WARN', queueArn: 'arn:q', reason: 'OddError: no' }],
    {},
  ],
  [
    'agents who cannot be counted',
    (telemetry) => telemetry.staffingUnreadable('arn:q', ERROR),
    [{ level: 'WARN', queueArn: 'arn:q', reason: 'OddError: no' }],
    {},
  ],
  [
    'a sweep that finds nothing overdue',
    (telemetry) => telemetry.contactsSwept(7, 0),
    [],
    { WaitingContacts: '7 Count', OverdueWakeUps: '0 Count' },
  ],
  [
    'a sweep that finds overdue wake-ups',
    (telemetry) => telemetry.contactsSwept(7, 1),
    [{ level: 'WARN', waiting: 7, overdue: 1 }],
    { WaitingContacts: '7 Count', OverdueWakeUps: '1 Count' },
  ],
  [
    'what is pending',
    (telemetry) => telemetry.pendingMeasured({ count: 4, oldestAgeSeconds: 5, stuckSeconds: 6 }),
    [],
    { PendingChanges: '4 Count', OldestPendingAge: '5 Seconds', StuckSeconds: '6 Seconds' },
  ],
  ['the rate of updates', (telemetry) => telemetry.rateMeasured(8), [], { UpdateRate: '8 Count/Second' }],
  [
    'a malformed event',
    (telemetry) => telemetry.malformedEvent('e', ERROR),
    [{ level: 'ERROR', eventId: 'e', reason: 'no' }],
    { MalformedEvents: '1 Count' },
  ],
  [
    'a malformed message, without its values',
    (telemetry) => {
      const problem = { code: 'odd', message: 'The name Ann is odd.', found: 'Ann' };
      const problems = [
        { ...problem, path: [] },
        { ...problem, path: ['a', 1] },
      ];
      telemetry.malformedMessage('m', new MalformedMessageError(problems), 'AROA:ann');
    },
    [
      {
        level: 'ERROR',
        messageId: 'm',
        sender: 'AROA:ann',
        problems: ['odd at the top', 'odd at a[1]'],
        problemCount: 2,
      },
    ],
    { MalformedMessages: '1 Count' },
  ],
  [
    'contacts that no event reported',
    (telemetry) => telemetry.contactsFound(1, true),
    [{ level: 'INFO', unknown: 1 }],
    {},
  ],
  ['a search that finds nobody', (telemetry) => telemetry.contactsFound(0, true), [], {}],
  [
    'a search that did not get through',
    (telemetry) => telemetry.contactsFound(0, false),
    [{ level: 'WARN', unknown: 0 }],
    {},
  ],
  [
    'a search that failed',
    (telemetry) => telemetry.searchFailed(ERROR),
    [{ level: 'WARN', reason: 'OddError: no' }],
    {},
  ],
  [
    'a message that failed',
    (telemetry) => telemetry.messageFailed('m', ERROR),
    [{ level: 'ERROR', messageId: 'm', reason: 'OddError: no' }],
    { FailedMessages: '1 Count' },
  ],
  [
    'an event that had no effect',
    (telemetry) => telemetry.eventLeftOut('test'),
    [{ level: 'INFO', origin: 'test' }],
    { EventsLeftOut: '1 Count' },
  ],
  [
    'a configuration with an invalid parameter',
    (telemetry) => telemetry.configurationPublished(5, [refusal('policies/a', 2)]),
    [
      { level: 'INFO', revision: 5 },
      { level: 'ERROR', ...summary('policies/a', 2), problems: ['1:2 a: It is odd. (odd)'] },
    ],
    {},
  ],
  [
    'a history that cannot be read',
    (telemetry) => telemetry.historyUnreadable('policies/a', ERROR),
    [{ level: 'ERROR', parameter: 'policies/a', reason: 'OddError: no' }],
    {},
  ],
  [
    'a sound state of the configuration',
    (telemetry) => telemetry.configurationState([], undefined),
    [],
    { InvalidPolicies: '0 Count', CallsStopped: '0 Count' },
  ],
  [
    'a state with one invalid parameter',
    (telemetry) => telemetry.configurationState([refusal('policies/a')], undefined),
    [{ level: 'WARN', count: 1, refused: [summary('policies/a')] }],
    { InvalidPolicies: '1 Count', CallsStopped: '0 Count' },
  ],
  [
    'a state with invalid parameters, of which the line lists twenty',
    (telemetry) =>
      telemetry.configurationState(
        Array.from({ length: 21 }, (_, index) => refusal(`policies/${index}`)),
        undefined,
      ),
    [
      {
        level: 'WARN',
        count: 21,
        refused: Array.from({ length: 20 }, (_, index) => summary(`policies/${index}`)),
      },
    ],
    { InvalidPolicies: '21 Count', CallsStopped: '0 Count' },
  ],
  [
    'a state in which nothing is called',
    (telemetry) => telemetry.configurationState([], 'paused'),
    [{ level: 'WARN', message: 'Nothing is called: the kill switch is on', reason: 'paused' }],
    { InvalidPolicies: '0 Count', CallsStopped: '1 Count' },
  ],
  [
    'calls that stopped for want of settings',
    (telemetry) => telemetry.callsStopped('settings-unknown'),
    [{ level: 'WARN', message: expect.stringContaining('settings'), reason: 'settings-unknown' }],
    {},
  ],
  [
    'calls that stopped for want of a configuration',
    (telemetry) => telemetry.callsStopped('no-configuration'),
    [{ level: 'WARN', message: expect.stringContaining('compiled'), reason: 'no-configuration' }],
    {},
  ],
  [
    'a policy that is left out',
    (telemetry) => telemetry.policyLeftOut({ name: 'a', reason: 'odd' }),
    [{ level: 'ERROR', policy: 'a', reason: 'odd' }],
    {},
  ],
];

test.each(REPORTS)('%s', (_name, report, lines, metrics) => {
  const found = logged(report);
  expect(found.lines).toEqual(
    lines.map((line) => ({ message: expect.any(String), version: VERSION, ...line })),
  );
  expect(found.metrics).toEqual(metrics);
});

test('every metric that an alarm may watch is measured by a report, and no other one', () => {
  const measured = new Set(REPORTS.flatMap(([, , , metrics]) => Object.keys(metrics)));
  expect([...measured].toSorted()).toStrictEqual(Object.values<string>(METRICS).toSorted());
});

test('metrics are published once, and lines name the invocation', () => {
  const context = { functionName: 'dispatch', awsRequestId: 'r-1' } as Context;
  const { lines, texts } = logged((telemetry) => {
    telemetry.begin(context);
    telemetry.callThrottled();
    telemetry.end();
    telemetry.callsStopped('paused');
    telemetry.ordered({ order: 'reevaluate', messageId: 'm', sentAt: 't' });
  });
  expect(texts).toHaveLength(3);
  for (const line of lines) expect(line).toMatchObject({ function_request_id: 'r-1' });
});

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
  const { texts } = logged(write);
  const [line = '', ...others] = texts.filter((text) => !('_aws' in JSON.parse(text)));
  expect(others).toEqual([]);
  expect(line.trimEnd()).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
  expect(line).toContain('u009b31m');
  expect(JSON.parse(line).message).not.toBe('forged');
});

test('an error in a member of a line keeps its name and message', () => {
  const { lines } = logged((telemetry) => telemetry.logger.error('x', { first: { cause: ERROR } }));
  expect(lines).toMatchObject([{ first: { cause: { name: 'OddError', message: 'no' } } }]);
});

test('no function writes to its log in another way', () => {
  const root = join(import.meta.dirname, '../..');
  const direct = globSync('lambda/**/*.ts', { cwd: root }).filter((file) =>
    /\bconsole\.|process\.(?:stdout|stderr)/.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(direct).toEqual([]);
});

test('8,193 problems of one message are one short log line that says how many there are', () => {
  const problems = Array.from({ length: 8_193 }, (_, index) => ({
    code: 'unknown-key',
    path: ['k'.repeat(1_000), index],
    message: 'It is not known.',
  }));
  const { lines, texts } = logged((telemetry) =>
    telemetry.malformedMessage('m-1', new MalformedMessageError(problems)),
  );
  expect(lines).toMatchObject([{ problemCount: 8_193 }]);
  expect(texts.join('').length).toBeLessThan(10_000);
});

test.each<[string, unknown, string]>([
  ['a long text', 'e'.repeat(200_000), 'e'.repeat(128)],
  ['an id', 'e-1', 'e-1'],
  ['lists in each other', JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)), 'unknown'],
])('a malformed event whose id is %s is logged', (_name, id, eventId) => {
  const { lines } = logged((telemetry) => telemetry.malformedEvent(id, new MalformedEventError('No.')));
  expect(lines).toMatchObject([{ eventId, reason: 'No.' }]);
});

test('what is counted goes to the metrics that are given', () => {
  const metrics = new Metrics({ namespace: METRICS_NAMESPACE, serviceName: 's' });
  new PowertoolsTelemetry(metrics).callThrottled();
  expect(metrics.hasStoredMetrics()).toBe(true);
  metrics.clearMetrics();
});

test.each(['logger', 'audit'] as const)('the level that is set of the %s holds', (name) => {
  const { lines } = logged((telemetry) => {
    telemetry[name].setLogLevel('SILENT');
    telemetry[name].error('x');
  });
  expect(lines).toEqual([]);
});

describe('a line says of its invocation', () => {
  const context = (awsRequestId: string) =>
    ({ awsRequestId, functionName: 'f', memoryLimitInMB: '128' }) as unknown as Context;
  const ofLines = (use: (telemetry: PowertoolsTelemetry) => void) =>
    logged(use).lines.map(({ function_request_id, cold_start }) => [function_request_id, cold_start]);
  const order = { outcome: 'applied' } as unknown as OrderLine;

  test('that it is the first of its process, or not, whichever is the first to log', () => {
    expect(
      ofLines((telemetry) => {
        telemetry.begin(context('first'));
        telemetry.ordered(order);
        telemetry.begin(context('second'));
        telemetry.ordered(order);
        telemetry.logger.error('x');
        telemetry.begin(context('third'));
        telemetry.logger.error('x');
      }),
    ).toStrictEqual([
      ['first', true],
      ['second', false],
      ['second', false],
      ['third', false],
    ]);
  });

  test('nothing before the first', () => {
    expect(ofLines((telemetry) => telemetry.logger.error('x'))).toStrictEqual([[undefined, undefined]]);
  });
});
