import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { formatProblem } from '../../../lambda/domain/validation/problem.ts';
import { agentsOf, parseScenario } from '../../../sim/scenario/index.ts';

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

  test('has times of day in the UTC offset of its start', () => {
    const { scenario } = parseScenario(JSON.stringify(VALID), noFile);
    expect(scenario?.startsAt).toBe(Date.parse('2026-11-23T07:30:00Z'));
    expect(scenario?.dayBeganAt).toBe(Date.parse('2026-11-22T23:00:00Z'));
  });

  test('has defaults for settings, channels and distributions', () => {
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

  test('has weekly rates where weekdays differ, from its first day on', () => {
    // A Monday.
    const arrivals = {
      perHour: { '08:00': 60, '18:00': 0 },
      days: { sat: { '00:00': 5, '10:00': 20 }, sun: 0, tue: { '09:00': 30, '17:00': 10 } },
    };
    const streams = [{ tier: 'gold', queue: 'q', arrivals, handling: { mean: '4m' } }];
    const { scenario } = parseScenario(JSON.stringify({ ...VALID, streams }), noFile);
    const curve = scenario?.streams[0]?.arrivals;
    const hour = 3_600_000;
    const day = 24 * hour;
    const ordinary = (n: number) => [
      { atMs: n * day, perHour: 0 },
      { atMs: n * day + 8 * hour, perHour: 60 },
      { atMs: n * day + 18 * hour, perHour: 0 },
    ];
    expect(curve).toEqual({
      shape: 'step',
      periodMs: 7 * day,
      points: [
        ...ordinary(0),
        { atMs: day, perHour: 10 },
        { atMs: day + 9 * hour, perHour: 30 },
        { atMs: day + 17 * hour, perHour: 10 },
        ...ordinary(2),
        ...ordinary(3),
        ...ordinary(4),
        { atMs: 5 * day, perHour: 5 },
        { atMs: 5 * day + 10 * hour, perHour: 20 },
        { atMs: 6 * day, perHour: 0 },
      ],
    });
  });

  test('has days of agents, a variation of days, values of handling, hang-ups and several transfers', () => {
    const { scenario } = parseScenario(
      JSON.stringify({
        ...VALID,
        start: '2026-11-27T08:30:00+01:00',
        dayVariation: 0.1,
        queues: ['q', 'r'],
        agents: [{ name: 'a', count: 2, queues: [{ queue: 'q' }, { queue: 'r' }], days: ['fri', 'sat'] }],
        streams: [
          {
            tier: 'gold',
            queue: 'q',
            arrivals: { perHour: 10 },
            handling: { values: ['30s', '10m'] },
            patience: { mean: '5m', hangUps: 0.02 },
            transfer: [
              { probability: 0.1, queue: 'r' },
              { probability: 0.2, queue: 'q', by: 'flow', handling: { mean: '1m' } },
            ],
          },
        ],
      }),
      noFile,
    );
    expect(scenario).toMatchObject({ dayVariation: 0.1, weekday: 4 });
    expect(scenario?.agents[0]?.days).toEqual([4, 5]);
    expect(scenario?.streams[0]).toMatchObject({
      handling: { kind: 'values', values: [30_000, 600_000] },
      patience: { kind: 'weibull', meanMs: 300_000, shape: 1, hangUps: 0.02 },
      transfers: [
        { probability: 0.1, queueId: 'r', by: 'agent' },
        { probability: 0.2, queueId: 'q', by: 'flow', handling: { kind: 'log-normal', meanMs: 60_000 } },
      ],
    });
  });

  test('reports rates of days, transfers and handling that cannot be', () => {
    const stream = { ...VALID.streams[0], name: 'a' };
    const problems = problemsOf({
      ...VALID,
      streams: [
        { ...stream, arrivals: { perHour: 1, days: { sat: { '9:00': 1 } } } },
        {
          ...stream,
          name: 'b',
          transfer: [
            { probability: 0.7, queue: 'q' },
            { probability: 0.7, queue: 'x' },
          ],
        },
        { ...stream, name: 'c', handling: { mean: '4m', values: ['1m'] } },
        { ...stream, name: 'd', arrivals: { perHour: 1, days: { saturday: 1 } } },
        { ...stream, name: 'e', transfer: 0.5 },
      ],
    }).join('\n');
    for (const part of ['streams[0].arrivals.days.sat', 'write "09:00"', 'sum to at most 1', 'one of q']) {
      expect(problems).toContain(part);
    }
    for (const part of ['or values', 'saturday', 'or a list of them']) expect(problems).toContain(part);
  });

  test('has ids of agents, each of them once', () => {
    const [group] = VALID.agents;
    const { scenario } = parseScenario(
      JSON.stringify({ ...VALID, agents: [{ ...group, ids: ['u-1'] }] }),
      noFile,
    );
    expect(scenario && agentsOf(scenario).map(({ id }) => id)).toEqual(['u-1', 'a-2']);
    const agents = [
      { ...group, ids: ['u-1', 'u-2', 'u-3'] },
      { ...group, name: 'b', ids: ['u-4', 'u-3'] },
    ];
    expect(problemsOf({ ...VALID, agents })).toEqual([
      'agents[0].ids: Found 3; expected at most 2 ids, the count of the group. (agent-ids)',
      'agents[1].ids[1]: Found "u-3"; expected an id that no other agent has. (agent-ids)',
    ]);
  });

  test('says to which recording it was fitted', () => {
    const fitted = { from: '2026-11-02T07:00:31Z', to: '2026-11-20T17:12:42Z', timezone: 'Europe/Berlin' };
    expect(parseScenario(JSON.stringify({ ...VALID, fitted }), noFile).scenario?.fitted).toEqual({
      from: Date.parse(fitted.from),
      to: Date.parse(fitted.to),
      timezone: 'Europe/Berlin',
    });
    expect(problemsOf({ ...VALID, fitted: { from: 'monday', to: fitted.to, timezone: 'Berlin' } })).toEqual([
      'fitted.from: Found "monday"; expected a time with its offset from UTC, such as 2026-11-23T08:00:00+01:00. (not-allowed)',
      'fitted.timezone: Found "Berlin"; expected a time zone of the IANA database, such as Europe/Berlin or UTC. (not-allowed)',
    ]);
    expect(problemsOf({ ...VALID, fitted: { ...fitted, to: fitted.from, from: fitted.to } })).toEqual([
      'fitted.to: Found "2026-11-02T07:00:31Z"; expected a time that is not before fitted.from. (not-allowed)',
    ]);
  });

  test('has acts', () => {
    const acts = [
      { at: '09:15', signal: 'outage', queue: 'q', ttl: '45m' },
      { after: '2m', signal: 'angry', tier: 'gold', share: 0.1 },
      { at: '09:00', override: { priority: 1 } },
      { at: '10:00', release: true },
      { at: '2026-11-23T09:30:00+01:00', pause: '10m' },
    ];
    const { scenario, problems, warnings } = parseScenario(JSON.stringify({ ...VALID, acts }), noFile);
    expect([problems, warnings]).toEqual([[], []]);
    expect(scenario?.acts).toStrictEqual([
      {
        time: { dailyMs: 9.25 * 3_600_000 },
        does: { kind: 'signal', signal: 'outage', ttlMs: 2_700_000 },
        queueId: 'q',
      },
      { time: { afterMs: 120_000 }, does: { kind: 'signal', signal: 'angry' }, tier: 'gold', share: 0.1 },
      { time: { dailyMs: 9 * 3_600_000 }, does: { kind: 'override', set: { priority: 1 } } },
      { time: { dailyMs: 10 * 3_600_000 }, does: { kind: 'release' } },
      { time: { onceAt: Date.parse('2026-11-23T08:30:00Z') }, does: { kind: 'pause', ms: 600_000 } },
    ]);
  });

  test('reports acts that cannot be', () => {
    const acts = [
      { at: '9:15', signal: 'outage' },
      { signal: 'outage', override: { priority: 1 } },
      { at: '09:00', after: '1m', release: true, ttl: '5m' },
      { after: '1m', pause: '5m', queue: 'q' },
      { at: '09:00', override: { priority: 1, age: '5m' }, queue: 'r', tier: 'gould' },
    ];
    expect(problemsOf({ ...VALID, acts })).toEqual([
      'acts[0].at: Found "9:15"; expected a time of day from "00:00" to "23:59", or a time such as 2026-11-23T10:15:00+01:00; write "09:15". (act)',
      'acts[1]: Found {"signal":"outage","override":{"priority":1}}; expected exactly one of signal, override, release, pause. (act)',
      'acts[2]: Found both at and after; expected one of at and after. (act)',
      'acts[2].ttl: Found "5m"; expected no ttl with release. (act)',
      'acts[3].after: Found "1m"; expected at, since a pause concerns no single contact. (act)',
      'acts[3].queue: Found "q"; expected no queue with pause, which stops all calls. (act)',
      'acts[4].override.age: Found both priority and age; expected one of them, because Connect accepts only one per request. Set the other in a later step. (priority-with-age)',
      'acts[4].queue: Found "r"; expected one of q. Did you mean "q"? (unknown-queue)',
      'acts[4].tier: Found "gould"; expected one of gold. Did you mean "gold"? (unknown-tier)',
    ]);
  });

  test('has ringing, after-contact work and exponential handling, of which streams may have their own', () => {
    const { scenario, warnings } = parseScenario(
      JSON.stringify({
        ...VALID,
        ringing: { mean: '8s', variation: 0.5 },
        afterContactWork: { mean: '30s', distribution: 'exponential' },
        streams: [
          { ...VALID.streams[0], handling: { mean: '4m', distribution: 'exponential' } },
          { ...VALID.streams[0], name: 'chat', ringing: '0s', afterContactWork: { values: ['1m', '2m'] } },
        ],
      }),
      noFile,
    );
    expect(warnings).toEqual([]);
    expect(scenario?.afterContactWorkMs).toBe(30_000);
    expect(scenario?.streams).toMatchObject([
      {
        handling: { kind: 'exponential', meanMs: 240_000 },
        ringing: { kind: 'log-normal', meanMs: 8_000, variation: 0.5 },
        afterContactWork: { kind: 'exponential', meanMs: 30_000 },
      },
      {
        ringing: { kind: 'constant', ms: 0 },
        afterContactWork: { kind: 'values', values: [60_000, 120_000] },
      },
    ]);
  });

  test('reports distributions that cannot be', () => {
    const exponential = { mean: '4m', distribution: 'exponential' };
    expect(
      problemsOf({
        ...VALID,
        ringing: { values: ['1s'], distribution: 'log-normal' },
        afterContactWork: 20,
        streams: [{ ...VALID.streams[0], handling: { ...exponential, variation: 2 }, ringing: { sigma: 1 } }],
      }),
    ).toEqual([
      'streams[0].handling: Found {"mean":"4m","distribution":"exponential","variation":2}; expected mean alone with distribution: exponential, whose variation is 1. (handling)',
      'streams[0].ringing: Found {"sigma":1}; expected mean (with variation, default 0.8), or median with sigma, or values. (handling)',
      'ringing: Found {"values":["1s"],"distribution":"log-normal"}; expected values without distribution, or a mean. (handling)',
      'afterContactWork: Found 20; expected a duration, such as 20s, or a distribution, such as { mean: 20s, variation: 0.5 }. (not-allowed)',
    ]);
  });

  test('has the routing that flows set, also after a transfer', () => {
    const routing = { priority: 3, age: '-1m30s', route: ['Language:Spanish >= 3 for 30s'] };
    const transfer = { probability: 0.1, queue: 'q', routing: { priority: 2 } };
    const { scenario, warnings } = parseScenario(
      JSON.stringify({ ...VALID, streams: [{ ...VALID.streams[0], routing, transfer }] }),
      noFile,
    );
    expect(warnings).toEqual([]);
    expect(scenario?.streams[0]).toMatchObject({
      contact: {
        routing: {
          priority: 3,
          ageSeconds: -90,
          criteria: {
            Steps: [
              {
                Expression: {
                  AttributeCondition: { Name: 'Language', Value: 'Spanish', ProficiencyLevel: 3 },
                },
                Expiry: { DurationInSeconds: 30 },
              },
            ],
          },
        },
      },
      transfers: [{ queueId: 'q', routing: { priority: 2 } }],
    });
  });

  test('reports routing that a flow cannot set', () => {
    const stream = { ...VALID.streams[0], routing: { route: ['Language >= 3'] } };
    const transfer = { probability: 0.1, queue: 'q', routing: {} };
    const problems = problemsOf({
      ...VALID,
      streams: [stream, { ...stream, name: 'b', routing: { priority: 0, prio: 1 }, transfer }],
    });
    expect(problems.map((text) => text.slice(0, text.indexOf(';')))).toEqual([
      'streams[0].routing.route[0]: Column 1: found "Language >= 3"',
      'streams[1].routing.priority: Found 0',
      'streams[1].routing.prio: "prio" is not a known key',
      'streams[1].transfer.routing: Found an empty set',
    ]);
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

  test('moves breaks after midnight to the next day', () => {
    const agents = [{ ...VALID.agents[0], hours: ['22:00-06:00'], breaks: ['02:00-02:30'] }];
    const { scenario } = parseScenario(JSON.stringify({ ...VALID, agents }), noFile);
    const hour = 3_600_000;
    expect(scenario?.agents[0]?.hours).toEqual([
      { fromMs: 22 * hour, toMs: 30 * hour, breaks: [{ fromMs: 26 * hour, toMs: 26.5 * hour }] },
    ]);
  });

  test('reads arrivals from a file, in order of time', () => {
    const streams = [{ ...VALID.streams[0], arrivals: { file: 'calls.csv' } }];
    const text = '# exported\n2026-11-23T09:00:00+01:00,3m\n\n2026-11-23T08:45:00+01:00\n';
    const { scenario } = parseScenario(JSON.stringify({ ...VALID, streams }), () => text);
    expect(scenario?.streams[0]?.arrivals).toEqual([
      { at: Date.parse('2026-11-23T07:45:00Z') },
      { at: Date.parse('2026-11-23T08:00:00Z'), handlingMs: 180_000 },
    ]);
  });

  test('reports all problems at once, in the order of the text', () => {
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
    expect(problems.map(({ line, code, path }) => `${line} ${path.join('.')} ${code}`)).toEqual([
      '2 start not-allowed',
      '3 hours out-of-range',
      '4 serviceLevel wrong-type',
      '5 queues.1 name-twice',
      '7 agents.0.queues.0.queue unknown-queue',
      '7 agents.0.hours.0 hours',
      '7 agents.0.breaks.0 hours',
      '9 streams.0.share stream-arrivals',
      '9 streams.0.handling handling',
      '10 streams.1 name-twice',
      '10 streams.1.arrivals.perHour.25:00 arrivals',
      '10 streams.1.patient unknown-key',
    ]);
  });

  test.each([
    [
      'both arrivals and a share',
      { arrivals: { perHour: 1 }, share: 1 },
      'streams[0]: Found both arrivals and share; expected one of arrivals and share.',
    ],
    [
      'neither arrivals nor a share',
      { arrivals: undefined },
      'streams[0]: Found neither arrivals nor share; expected one of arrivals and share.',
    ],
    ['a missing file', { arrivals: { file: 'x.csv' } }, 'streams[0].arrivals.file: Found "x.csv"'],
    ['an invalid rate', { arrivals: { perHour: 'many' } }, 'streams[0].arrivals.perHour: Found "many"'],
  ])('is rejected with %s', (_name, change, beginning) => {
    const [first = ''] = problemsOf({ ...VALID, streams: [{ ...VALID.streams[0], ...change }] });
    expect(first.slice(0, beginning.length)).toBe(beginning);
  });

  test('reports the line of a malformed file of arrivals', () => {
    const streams = [{ ...VALID.streams[0], arrivals: { file: 'calls.csv' } }];
    expect(problemsOf({ ...VALID, streams }, () => '2026-11-23T09:00:00Z\nnine\n')).toEqual([
      'streams[0].arrivals.file: Found "calls.csv"; expected a readable file of arrivals (line 2 is "nine"; expected a time and optionally a handling time, such as 2026-11-23T08:00:05+01:00,4m). (arrivals-file)',
    ]);
  });

  test('does not report unknown queues without queues', () => {
    const codes = (value: object) => parseScenario(JSON.stringify(value), noFile).problems;
    expect(codes({ ...VALID, queues: undefined }).map(({ code }) => code)).toEqual(['missing']);
    expect(codes({ ...VALID, queues: [] }).map(({ path }) => path)).toEqual([['queues']]);
  });

  test('is rejected without agents', () => {
    expect(problemsOf({ ...VALID, agents: [] })).toEqual([
      'agents: Found an empty list; expected at least one entry. Write an entry, or leave the key out if it is optional. (out-of-range)',
    ]);
  });

  test.each([
    ['9:30', 'expected a time of day from "00:00" to "23:59"; write "09:30".'],
    ['25:00', 'expected a time of day from "00:00" to "23:59".'],
    ['9:75', 'expected a time of day from "00:00" to "23:59".'],
  ])('reports the format of %s in arrivals', (time, end) => {
    const [first] = problemsOf({ ...VALID, arrivals: { perHour: { [time]: 5 } } });
    expect(first).toBe(`arrivals.perHour.${time}: Found "${time}"; ${end} (arrivals)`);
  });

  test('reports the format of hours', () => {
    const [first] = problemsOf({ ...VALID, agents: [{ ...VALID.agents[0], hours: ['9:00-5:30'] }] });
    expect(first).toBe(
      'agents[0].hours[0]: Found "9:00-5:30"; expected a time range such as "08:00-17:00", or "22:00-06:00" across midnight; write "09:00-05:30". (hours)',
    );
  });

  test.each([[null], [[]], ['x'], [{ streams: 3, agents: {}, queues: [1] }]])('never throws: %j', (value) => {
    expect(parseScenario(JSON.stringify(value), noFile).problems.length).toBeGreaterThan(0);
  });
});

describe('warnings on a scenario', () => {
  const [AGENTS] = VALID.agents;
  const [STREAM] = VALID.streams;
  const warningsOf = (change: object, hours?: number) => {
    const { problems, warnings } = parseScenario(JSON.stringify({ ...VALID, ...change }), noFile, hours);
    expect(problems).toEqual([]);
    return warnings.map(formatProblem);
  };
  const NOT_ON_SHIFT =
    'No agent is on shift for VOICE contacts in the queue "q" within the hours of the scenario, so they are never answered. Change the hours of a, or those of the scenario. (no-agents)';

  test('are absent for a consistent scenario', () => {
    expect(warningsOf({})).toEqual([]);
  });

  test('a queue or a channel without agents is reported once, also of transfers', () => {
    const streams = [
      STREAM,
      { ...STREAM, name: 'chat', channel: 'CHAT' },
      { ...STREAM, tier: 'silver', queue: 'r', transfer: { probability: 0.5, queue: 'r' } },
      { ...STREAM, tier: 'basic', transfer: { probability: 0.5, queue: 's' } },
    ];
    const messageOf = (what: string) =>
      `No agent serves ${what}, so they are never answered. Add the queue and the channel to a group of agents. (no-agents)`;
    expect(warningsOf({ queues: ['q', 'r', 's'], streams })).toEqual([
      `streams[1].queue: ${messageOf('CHAT contacts in the queue "q"')}`,
      `streams[2].queue: ${messageOf('VOICE contacts in the queue "r"')}`,
      `streams[3].transfer.queue: ${messageOf('VOICE contacts in the queue "s"')}`,
    ]);
  });

  // The scenario starts at 08:30 and lasts two hours.
  test.each([
    ['10:00-12:00', undefined, []],
    ['22:00-09:00', undefined, []],
    ['10:30-12:00', undefined, [`streams[0].queue: ${NOT_ON_SHIFT}`]],
    ['22:00-08:30', undefined, [`streams[0].queue: ${NOT_ON_SHIFT}`]],
    ['22:00-08:30', 14, []],
    ['10:00-12:00', 1, [`streams[0].queue: ${NOT_ON_SHIFT}`]],
    ['07:00-08:00', 24, []],
  ])('agents who work from %s in a scenario of %s hours', (hours, length, warnings) => {
    const found = warningsOf({ agents: [{ ...AGENTS, hours: [hours] }] }, length);
    expect(found.filter((text) => text.endsWith('(no-agents)'))).toEqual(warnings);
  });

  test('a lunch that all take together is reported, with what arrives meanwhile', () => {
    const lunch = { hours: ['08:00-12:00', '12:30-18:00'] };
    const agents = [
      { ...AGENTS, ...lunch },
      { ...AGENTS, name: 'b', hours: ['08:00-18:00'], breaks: ['12:00-12:45'] },
    ];
    const streams = [
      { ...STREAM, arrivals: { perHour: 60 } },
      { ...STREAM, tier: 'silver', arrivals: { perHour: 20 } },
    ];
    expect(warningsOf({ agents, streams }, 8)).toEqual([
      'streams[0].queue: From 12:00 to 12:30 (30m), no agent is on shift for VOICE contacts in the queue "q", while some 40 arrive. Stagger the hours and breaks of a, b, unless your centre is so. (unstaffed-time)',
    ]);
    const staggered = [agents[0], { ...agents[1], breaks: ['13:00-13:45'] }];
    expect(warningsOf({ agents: staggered, streams }, 8)).toEqual([]);
    // Nobody calls at noon.
    const quiet = [{ ...STREAM, arrivals: { perHour: { '08:00': 60, '12:00': 0, '12:30': 60 } } }];
    expect(warningsOf({ agents, streams: quiet }, 8)).toEqual([]);
  });

  test('agents who leave before contacts do, and days without agents, are reported', () => {
    const agents = [{ ...AGENTS, hours: ['09:00-10:30'] }];
    expect(warningsOf({ agents })).toEqual([
      'streams[0].queue: From 08:30 to 09:00 (30m), no agent is on shift for VOICE contacts in the queue "q", while some 5 arrive. Stagger the hours and breaks of a, unless your centre is so. (unstaffed-time)',
      'streams[0].queue: No agent is on shift for VOICE contacts in the queue "q" at 10:30, when arrivals end: who waits then stays unanswered. Let some of a work longer, unless your centre is so. (agents-leave)',
    ]);
    // The last ones have left long before.
    const early = [{ ...STREAM, arrivals: { perHour: { '09:00': 60, '09:30': 0 } } }];
    expect(warningsOf({ agents, streams: early })).toEqual([]);
    // A Monday.
    const notOnTuesday = [{ ...AGENTS, days: ['mon', 'wed'] }];
    expect(warningsOf({ agents: notOnTuesday }, 50).map((text) => text.slice(18, 71))).toEqual([
      'From 00:00 on day 2 to 00:00 on day 3 (1d), no agent ',
    ]);
  });

  test('listed arrivals outside the hours are reported', () => {
    const at = (time: string) => `2026-11-23T${time}:00+01:00\n`;
    const warnings = (text: string) =>
      parseScenario(
        JSON.stringify({ ...VALID, streams: [{ ...STREAM, arrivals: { file: 'calls.csv' } }] }),
        () => text,
      ).warnings.map(formatProblem);
    expect(warnings(at('08:30') + at('10:29'))).toEqual([]);
    expect(warnings(at('08:29') + at('09:00') + at('10:30'))).toEqual([
      'streams[0].arrivals.file: 2 of 3 arrivals of calls.csv are outside the 2 hours from 2026-11-23T08:30:00+01:00 on, so they are left out. Change start and hours. (arrivals-outside)',
    ]);
    expect(warnings(at('18:00'))).toEqual([
      'streams[0].arrivals.file: All 1 arrivals of calls.csv are outside the 2 hours from 2026-11-23T08:30:00+01:00 on, so they are left out. Change start and hours. (arrivals-outside)',
    ]);
  });

  test('an act at a time outside the scenario is reported', () => {
    const acts = ['08:29', '08:30', '10:30', '2026-11-24T09:00:00+01:00'].map((at) => ({ at, pause: '1m' }));
    expect(warningsOf({ acts }).map((text) => text.slice(0, 48))).toEqual([
      'acts[0].at: The scenario does not run at 08:29, ',
      'acts[2].at: The scenario does not run at 10:30, ',
      'acts[3].at: The scenario does not run at 2026-11',
    ]);
    expect(warningsOf({ acts }, 24)).toHaveLength(1);
  });

  test('routing of flows that the system does not look at is reported', () => {
    const settings = { checkBeforeFirstChange: false };
    expect(warningsOf({ settings })).toEqual([]);
    expect(warningsOf({ settings, streams: [{ ...STREAM, routing: { priority: 2 } }] })).toEqual([
      'settings.checkBeforeFirstChange: Flows set the routing of gold, but with checkBeforeFirstChange: false the system takes every contact to have priority 5: policies may make contacts less urgent. Leave the setting out. (unseen-routing)',
    ]);
  });

  test.each([
    [[0.5, 0.5], []],
    [[0.1, 0.2, 0.7], []],
    [[0.5, 0.4], ['sum to 0.9 instead of 1, so fewer']],
    [[0.5, 0.75], ['sum to 1.25 instead of 1, so more']],
  ])('shares of %j', (shares, sums) => {
    const { arrivals, ...rest } = STREAM as NonNullable<typeof STREAM>;
    const streams = shares.map((share, index) => ({ ...rest, name: `${index}`, share }));
    expect(warningsOf({ arrivals, streams })).toEqual(
      sums.map(
        (sum) =>
          `streams[0].share: The shares of the streams ${sum} contacts arrive than the scenario specifies. (shares)`,
      ),
    );
  });
});
