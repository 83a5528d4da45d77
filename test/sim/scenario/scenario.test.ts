import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { formatProblem } from '../../../lambda/domain/problems.ts';
import { parseScenario } from '../../../sim/scenario/index.ts';

const ROOT = join(import.meta.dirname, '../../..');

const noFile = (name: string): string => {
  throw new TypeError(`${name} does not exist`);
};

const VALID = {
  name: 'small',
  start: '2026-11-23T08:30:00+01:00',
  hours: 2,
  serviceLevel: '20s',
  queues: ['q'],
  agents: [{ name: 'a', count: 2, queues: [{ queue: 'q' }] }],
  streams: [{ tier: 'gold', queue: 'q', arrivals: { perHour: 10 }, handling: { mean: '4m' } }],
};

const problemsOf = (value: object, readFile = noFile) =>
  parseScenario(JSON.stringify(value), readFile).problems.map(formatProblem);

describe('a scenario', () => {
  test.each(globSync('scenarios/*.yaml', { cwd: ROOT }))('%s is valid', (file) => {
    expect(parseScenario(readFileSync(join(ROOT, file), 'utf8'), noFile).problems).toEqual([]);
  });

  test('begins by the clock that its start is written by', () => {
    const { scenario } = parseScenario(JSON.stringify(VALID), noFile);
    expect(scenario?.startsAt).toBe(Date.parse('2026-11-23T07:30:00Z'));
    expect(scenario?.dayBeganAt).toBe(Date.parse('2026-11-22T23:00:00Z'));
  });

  test('has the settings, channels and waits that it does not name', () => {
    const { scenario } = parseScenario(JSON.stringify({ ...VALID, settings: { updateRate: 5 } }), noFile);
    expect(scenario?.settings).toMatchObject({ updateRate: 5, routingLagSeconds: 60 });
    expect(scenario?.agents).toEqual([
      { name: 'a', count: 2, queues: [{ queueId: 'q', priority: 1 }], channels: ['VOICE'] },
    ]);
    expect(scenario?.streams[0]).toMatchObject({
      name: 'gold',
      handling: { kind: 'log-normal', meanMs: 240_000, variation: 0.8 },
      patience: { kind: 'never' },
    });
  });

  test('gives streams their share of the arrivals, in order of time', () => {
    const streams = [{ tier: 'gold', queue: 'q', share: 0.25, handling: { mean: '4m' } }];
    const arrivals = { shape: 'linear', perHour: { '12:00': 40, '08:00': 80 } };
    const { scenario } = parseScenario(JSON.stringify({ ...VALID, arrivals, streams }), noFile);
    expect(scenario?.streams[0]?.arrivals).toEqual({
      shape: 'linear',
      points: [
        { atMs: 8 * 3_600_000, perHour: 20 },
        { atMs: 12 * 3_600_000, perHour: 10 },
      ],
    });
  });

  test('cuts breaks out of the hours, after midnight too', () => {
    const agents = [{ ...VALID.agents[0], hours: ['22:00-06:00'], breaks: ['02:00-02:30'] }];
    const { scenario } = parseScenario(JSON.stringify({ ...VALID, agents }), noFile);
    const hour = 3_600_000;
    expect(scenario?.agents[0]?.hours).toEqual([
      { fromMs: 22 * hour, toMs: 30 * hour, breaks: [{ fromMs: 26 * hour, toMs: 26.5 * hour }] },
    ]);
  });

  test('takes arrivals from a file, in order of time', () => {
    const streams = [{ ...VALID.streams[0], arrivals: { file: 'calls.csv' } }];
    const text = '# exported\n2026-11-23T09:00:00+01:00,3m\n\n2026-11-23T08:45:00+01:00\n';
    const { scenario } = parseScenario(JSON.stringify({ ...VALID, streams }), () => text);
    expect(scenario?.streams[0]?.arrivals).toEqual([
      { at: Date.parse('2026-11-23T07:45:00Z') },
      { at: Date.parse('2026-11-23T08:00:00Z'), handlingMs: 180_000 },
    ]);
  });

  test('tells every problem at once, with its place', () => {
    const { problems } = parseScenario(
      `name: broken
start: monday
hours: 0
serviceLevel: 20
queues: [q, q]
agents:
  - { name: a, count: 1, queues: [{ queue: qq }], hours: ["8-17"], breaks: ["10:00-10:15"] }
streams:
  - { tier: gold, queue: q, share: 0.5, handling: { mean: 4m, sigma: 1 } }
  - { tier: gold, queue: q, arrivals: { perHour: { "25:00": 1 } }, handling: { mean: 4m }, patient: 3 }
`,
      noFile,
    );
    expect(problems.map(({ line, code, path }) => `${line} ${path.join('.')} ${code}`).sort()).toEqual([
      '10 streams.1 name-twice',
      '10 streams.1.arrivals.perHour.25:00 arrivals',
      '10 streams.1.patient unknown-key',
      '2 start not-allowed',
      '3 hours out-of-range',
      '4 serviceLevel wrong-type',
      '5 queues.1 name-twice',
      '7 agents.0.breaks.0 hours',
      '7 agents.0.hours.0 hours',
      '7 agents.0.queues.0.queue unknown-queue',
      '9 streams.0.handling handling',
      '9 streams.0.share stream-arrivals',
    ]);
  });

  test.each([
    ['both arrivals and a share', { arrivals: { perHour: 1 }, share: 1 }, 'streams[0]: Found "both"'],
    ['neither arrivals nor a share', { arrivals: undefined }, 'streams[0]: Found "neither"'],
    ['a file that is not there', { arrivals: { file: 'x.csv' } }, 'streams[0].arrivals.file: Found "x.csv"'],
    ['a rate that is none', { arrivals: { perHour: 'many' } }, 'streams[0].arrivals.perHour: Found "many"'],
  ])('is refused for %s', (_name, change, beginning) => {
    const [first = ''] = problemsOf({ ...VALID, streams: [{ ...VALID.streams[0], ...change }] });
    expect(first.slice(0, beginning.length)).toBe(beginning);
  });

  test('says which line of a file of arrivals is not understood', () => {
    const streams = [{ ...VALID.streams[0], arrivals: { file: 'calls.csv' } }];
    expect(problemsOf({ ...VALID, streams }, () => '2026-11-23T09:00:00Z\nnine\n')).toEqual([
      'streams[0].arrivals.file: Found "calls.csv"; expected a file of arrivals that can be read (line 2 is "nine"; expected a time and maybe a handling time, such as 2026-11-23T08:00:05+01:00,4m). (arrivals-file)',
    ]);
  });

  test.each([[null], [[]], ['x'], [{ streams: 3, agents: {}, queues: [1] }]])('never throws: %j', (value) => {
    expect(parseScenario(JSON.stringify(value), noFile).problems.length).toBeGreaterThan(0);
  });
});
