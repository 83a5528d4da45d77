import { describe, expect, test } from '@jest/globals';
import { DEFAULT_HORIZON, horizonSeconds } from '../../lambda/domain/horizon.ts';
import { parseSettings } from '../../lambda/domain/parse-settings.ts';
import { DEFAULT_SETTINGS, describeLimits, updateLimits } from '../../lambda/domain/settings.ts';
import { formatProblem } from '../../lambda/domain/validation/problem.ts';

const manyIds = (count: number) => Array.from({ length: count }, (_, index) => `i-${index}`);

describe('settings', () => {
  test('missing members have their defaults', () => {
    expect(parseSettings('{}')).toEqual({ settings: DEFAULT_SETTINGS, problems: [] });
  });

  test('the defaults are the quotas of a new account, and act on what is served and nothing else', () => {
    expect(parseSettings('{}').settings).toEqual({
      updateRate: 20,
      updateBurst: 20,
      updateShare: 0.9,
      describeRate: 10,
      describeBurst: 15,
      checkBeforeFirstChange: true,
      routingLagSeconds: 60,
      ageAdjustment: 'absolute',
      pause: false,
      testContacts: false,
      adopt: false,
      horizon: { defaultSeconds: 1_800, channelSeconds: {} },
      agents: {},
      events: ['rejected', 'missed'],
    });
  });

  test('every member can be set', () => {
    const text = `
updateRate: 40
updateBurst: 30
updateShare: 0.5
describeRate: 20
describeBurst: 5
checkBeforeFirstChange: false
routingLag: 45s
ageAdjustment: incremental
instances: [i-2]
pause: true
testContacts: true
events: [escalated, left]
adopt: true
horizon: { default: 15m, EMAIL: 3d }
agents: { a: [11111111-2222-3333-4444-555555555555] }
`;
    const { settings } = parseSettings(text);
    expect(settings).toEqual({
      updateRate: 40,
      updateBurst: 30,
      updateShare: 0.5,
      describeRate: 20,
      describeBurst: 5,
      checkBeforeFirstChange: false,
      routingLagSeconds: 45,
      ageAdjustment: 'incremental',
      instances: ['i-2'],
      pause: true,
      testContacts: true,
      events: ['escalated', 'left'],
      adopt: true,
      horizon: { defaultSeconds: 900, channelSeconds: { EMAIL: 259_200 } },
      agents: { a: ['11111111-2222-3333-4444-555555555555'] },
    });
    expect(settings && updateLimits(settings)).toEqual({ ratePerSecond: 20, burst: 30 });
    expect(settings && describeLimits(settings)).toEqual({ ratePerSecond: 10, burst: 5 });
  });

  test('an event of each kind can be chosen, and a horizon for each channel', () => {
    const events = ['escalated', 'rejected', 'missed', 'left', 'overridden', 'released', 'configured'];
    expect(parseSettings(`events: [${events}]`).settings?.events).toEqual(events);
    const { settings } = parseSettings('horizon: { VOICE: 1m, CHAT: 2m, TASK: 3m, EMAIL: 4m }');
    expect(settings?.horizon).toEqual({
      defaultSeconds: 1_800,
      channelSeconds: { VOICE: 60, CHAT: 120, TASK: 180, EMAIL: 240 },
    });
  });

  test.each([
    ['{}', { VOICE: 1_800, EMAIL: 1_800, unknown: 1_800 }],
    ['horizon: 10m', { VOICE: 600, EMAIL: 600, unknown: 600 }],
    ['horizon: { EMAIL: 3d }', { VOICE: 1_800, EMAIL: 259_200, unknown: 1_800 }],
    ['horizon: { default: 15m, VOICE: 0s }', { VOICE: 0, EMAIL: 900, unknown: 900 }],
  ])('of %s the horizon of each channel is %j', (text, seconds) => {
    const { horizon = DEFAULT_HORIZON } = parseSettings(text).settings ?? {};
    expect({
      VOICE: horizonSeconds(horizon, 'VOICE'),
      EMAIL: horizonSeconds(horizon, 'EMAIL'),
      unknown: horizonSeconds(horizon, undefined),
    }).toEqual(seconds);
  });

  test('an empty list of instances is a problem: nothing would be served, and no alarm would say so', () => {
    expect(parseSettings('instances: []').problems.map(formatProblem)).toEqual([
      expect.stringMatching(/^instances: Found an empty list; expected the id of at least one instance/),
    ]);
  });

  test.each([
    ['updateRate: 10001', 'at most 10000'],
    ['updateBurst: 1e9', 'at most 10000'],
    ['describeRate: 1e300', 'at most 10000'],
    ['describeBurst: 10001', 'at most 10000'],
    ['routingLag: 61m', 'at most 1h'],
    [`instances: [${manyIds(101)}]`, 'at most 100 entries'],
    [`instances: [${'i'.repeat(101)}]`, 'the id of an instance'],
    [`events: [${Array(21).fill('left')}]`, 'at most 20 entries'],
  ])('no member is without bounds: %s', (text, allowed) => {
    expect(parseSettings(text).problems.map(formatProblem)).toEqual([expect.stringContaining(allowed)]);
  });

  test.each([
    ['updateRate', ['0.001', '10000'], ['0', '-1', '10001']],
    ['updateBurst', ['1', '1.5', '10000'], ['0.999', '0', '10001']],
    ['updateShare', ['0.01', '1'], ['0', '1.01']],
    ['describeRate', ['0.001', '10000'], ['0', '10001']],
    ['describeBurst', ['1', '10000'], ['0.999', '10001']],
    ['routingLag', ['0s', '1h'], ['-1s', '3601s']],
    ['instances', ['[i]', `[${'i'.repeat(100)}]`, `[${manyIds(100)}]`], ['[]', '[""]', `[${manyIds(101)}]`]],
    ['ageAdjustment', ['absolute', 'incremental'], ['relative', 'true']],
    ['events', ['[]', `[${Array(20).fill('left')}]`], [`[${Array(21).fill('left')}]`, '[leave]']],
  ])('%s takes its bounds, and nothing beyond them', (name, taken, refused) => {
    const problemsOf = (value: string) => parseSettings(`${name}: ${value}`).problems;
    expect(taken.filter((value) => problemsOf(value).length > 0)).toEqual([]);
    expect(refused.filter((value) => problemsOf(value).length !== 1)).toEqual([]);
  });

  test('every problem has its position', () => {
    const { problems } = parseSettings('updateRate: 0\nupdateShare: 1.5\npasue: true\nrouting_lag: 1m');
    expect(problems.map((problem) => `${problem.line}:${problem.column} ${formatProblem(problem)}`)).toEqual([
      '1:13 updateRate: Found 0; expected more than 0. (out-of-range)',
      '2:14 updateShare: Found 1.5; expected at most 1. (out-of-range)',
      expect.stringMatching(
        /^3:1 pasue: "pasue" is not a known key; .* Did you mean "pause"\? \(unknown-key\)$/,
      ),
      expect.stringMatching(/^4:1 routing_lag: .* Did you mean "routingLag"\? \(unknown-key\)$/),
    ]);
  });
});

test.each([
  ['instances: ["*"]', 'leave out "instances"'],
  ...['all', 'any', 'every', 'none', 'ALL', 'quota'].map((word) => [
    `instances: [${word}]`,
    'leave out "instances"',
  ]),
  ['instances: ["{11111111-2222-3333-4444-555555555555}"]', 'the last part of its ARN'],
  ['instances: ["11111111-2222-3333-4444-55555555555\\u200b5"]', 'the last part of its ARN'],
  ['instances: [1111111A-2222-3333-4444-555555555555]', 'in lower case'],
])('%s would serve nothing, and is a problem', (text, message) => {
  expect(parseSettings(text).problems.map(formatProblem)).toEqual([expect.stringContaining(message)]);
});

test('no advice is given that would serve nothing', () => {
  expect(parseSettings('instances: all').problems.map(formatProblem)).toEqual([
    expect.not.stringContaining('Write'),
  ]);
});
