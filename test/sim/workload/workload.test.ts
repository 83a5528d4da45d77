import { describe, expect, test } from '@jest/globals';
import { type Arrival, ContactCentre, type FinishedContact } from '../../../sim/centre/index.ts';
import { keyedRandoms, seededRandom } from '../../../sim/random.ts';
import { gammaFactor } from '../../../sim/workload/draws.ts';
import { roster, type StreamSpec, Workload } from '../../../sim/workload/index.ts';
import { Stream } from '../../../sim/workload/stream.ts';
import { at, INSTANCE, secondsOf } from '../centre/fixture.ts';

const HOUR = 3_600_000;

const calls: StreamSpec = {
  name: 'gold',
  arrivals: { shape: 'step', points: [{ atMs: 0, perHour: 240 }] },
  contact: {
    queueId: 'q',
    channel: 'VOICE',
    initiationMethod: 'INBOUND',
    tags: { tier: 'gold' },
    routing: { priority: 2 },
  },
  handling: { kind: 'log-normal', meanMs: 200_000, variation: 0.9 },
  patience: { kind: 'weibull', meanMs: 90_000, shape: 1.5 },
  transfers: [{ by: 'agent', probability: 0.3, queueId: 'r', handling: { kind: 'constant', ms: 77_000 } }],
  redial: { probability: 0.6, delay: { kind: 'exponential', meanMs: 120_000 } },
};

interface WorkloadRun {
  readonly streams?: readonly StreamSpec[];
  readonly agents?: number;
  readonly seed?: number;
  readonly run?: number;
  readonly hours?: number;
}

/** Runs the streams on a centre, and returns the arrivals and the ended contacts. */
function runWorkload({ streams = [calls], agents = 15, seed = 1, run = 0, hours = 4 }: WorkloadRun) {
  const arrived = new Map<string, Arrival & { readonly at: number }>();
  const ended: FinishedContact[] = [];
  const endsAt = at(0) + hours * HOUR;
  const workload = new Workload({ dayBeganAt: at(0), startsAt: at(0), endsAt, streams }, { seed, run });
  const centre = new ContactCentre({
    instance: INSTANCE,
    queues: [{ id: 'q' }, { id: 'r' }],
    agents: roster(
      [
        {
          name: 'a',
          count: agents,
          channels: ['VOICE'],
          queues: ['q', 'r'].map((queueId) => ({ queueId, priority: 1 })),
        },
      ],
      at(0),
    ),
    random: seededRandom(1),
    onDisconnected(contact) {
      ended.push(contact);
      workload.onDisconnected(contact);
    },
  });
  workload.attach({
    schedule: (time, action) => centre.schedule(time, action),
    arrive(now, arrival) {
      arrived.set(arrival.contactId, { ...arrival, at: now });
      centre.arrive(now, arrival);
    },
  });
  centre.advance(endsAt + 100 * HOUR);
  const endedById = new Map(ended.map((contact) => [contact.contactId, contact]));
  return { arrived, ended, endedById, endsAt, nextEventAt: centre.nextEventAt() };
}

const isFirst = ([id]: readonly [string, unknown]) => !id.includes('.');

describe('common random numbers', () => {
  test('a customer has the same arrival, handling and patience under any staffing', () => {
    const few = runWorkload({ agents: 12 });
    const many = runWorkload({ agents: 25 });
    expect([...few.arrived].filter(isFirst)).toEqual([...many.arrived].filter(isFirst));
    expect(few.ended).not.toEqual(many.ended);
    const inBoth = [...few.arrived].filter(
      ([id, { queueId }]) => !isFirst([id, 0]) && many.arrived.get(id)?.queueId === queueId,
    );
    expect(inBoth.length).toBeGreaterThan(20);
    for (const [id, { handlingMs, patienceMs }] of inBoth) {
      expect(many.arrived.get(id)).toMatchObject({ handlingMs, patienceMs });
    }
  });

  test('a stream does not depend on other streams', () => {
    const other = { ...calls, name: 'silver' };
    const withOther = [...runWorkload({ streams: [other, calls] }).arrived].filter(([id]) =>
      id.startsWith('gold'),
    );
    expect(withOther.filter(isFirst)).toEqual([...runWorkload({}).arrived].filter(isFirst));
  });

  test('random numbers depend on run, seed and name only', () => {
    const patience = (more: WorkloadRun) =>
      [...runWorkload({ ...more, hours: 0.2 }).arrived.values()].map(({ patienceMs }) => patienceMs);
    const all = [{}, { run: 1 }, { seed: 2 }, { streams: [{ ...calls, name: 'g' }] }].map(patience);
    expect(new Set(all.flat()).size).toBe(all.flat().length);
    expect(patience({})).toEqual(all[0]);
  });

  test('numbers of neighbouring keys are uncorrelated', () => {
    const randoms = keyedRandoms('1/0/gold');
    const size = 50_000;
    const series = [
      Array.from({ length: size }, (_, index) => randoms(index, 0)()),
      Array.from({ length: size }, (_, index) => randoms(index + 1, 0)()),
      Array.from({ length: size }, (_, index) => randoms(index, 1)()),
      Array.from({ length: size }, (_, index) => keyedRandoms('1/1/gold')(index, 0)()),
    ];
    for (const one of series) {
      const mean = one.reduce((sum, value) => sum + value, 0) / size;
      const correlation =
        one.reduce((sum, value, index) => sum + (value - 0.5) * ((series[0]?.[index] ?? 0) - 0.5), 0) /
        (size / 12);
      // Five standard errors; a series has a correlation of 1 with itself.
      expect(Math.abs(mean - 0.5)).toBeLessThanOrEqual(5 / Math.sqrt(12 * size));
      expect(Math.abs(correlation - (one === series[0] ? 1 : 0))).toBeLessThanOrEqual(5 / Math.sqrt(size));
    }
  });
});

describe('follow-ups of a contact', () => {
  test('abandoned customers call again with the given probability, with the same tier and identity', () => {
    const { arrived, ended, endedById } = runWorkload({ agents: 0, hours: 20 });
    const again = [...arrived].filter((entry) => !isFirst(entry));
    expect(again.length / ended.length).toBeCloseTo(0.6, 1);
    const [id, second] = again[0] ?? ['', undefined];
    const firstId = id.replace(/\.2$/, '');
    const left = endedById.get(firstId);
    expect(second).toMatchObject({
      initialContactId: firstId,
      initiationMethod: 'INBOUND',
      queueId: 'q',
      tags: { tier: 'gold' },
      routing: { priority: 2 },
    });
    expect(second?.previousContactId).toBeUndefined();
    expect(second?.patienceMs).not.toBe(arrived.get(firstId)?.patienceMs);
    const delays = again.map(([next, arrival]) => {
      const [base, leg] = next.split('.');
      const before = endedById.get(leg === '2' ? String(base) : `${base}.${Number(leg) - 1}`);
      return arrival.at - (before?.disconnectedAt ?? 0);
    });
    expect(left?.waitEnd).toBe('abandoned');
    expect(delays.reduce((sum, delay) => sum + delay, 0) / delays.length / 120_000).toBeCloseTo(1, 1);
  });

  test('some wait for a second agent when the first one is done, once, without the old routing', () => {
    const { arrived, ended, endedById } = runWorkload({ agents: 100, hours: 20 });
    const onward = [...arrived.values()].filter(({ initiationMethod }) => initiationMethod === 'TRANSFER');
    const answeredFirst = ended.filter(({ waitEnd, queueId }) => waitEnd === 'answered' && queueId === 'q');
    expect(onward.length / answeredFirst.length).toBeCloseTo(0.3, 1);
    for (const arrival of onward) {
      const before = endedById.get(arrival.previousContactId ?? '');
      expect(arrival).toMatchObject({
        at: before?.disconnectedAt,
        enqueuedAt: before?.enqueuedAt,
        initialContactId: before?.contactId,
        queueId: 'r',
        handlingMs: 77_000,
        tags: { tier: 'gold' },
      });
      expect(arrival.routing).toBeUndefined();
    }
    expect(new Set(onward.map(({ initialContactId }) => initialContactId)).size).toBe(onward.length);
  });

  test('there are no arrivals or redials after the end, but present customers are served', () => {
    const { arrived, ended, endsAt, nextEventAt } = runWorkload({});
    const byThemselves = [...arrived.values()].filter(
      ({ initiationMethod }) => initiationMethod === 'INBOUND',
    );
    expect(Math.max(...byThemselves.map((arrival) => arrival.at))).toBeLessThan(endsAt);
    expect(ended.length).toBe(arrived.size);
    expect(ended.some(({ disconnectedAt }) => disconnectedAt > endsAt)).toBe(true);
    expect(nextEventAt).toBeUndefined();
  });
});

test('listed arrivals are as listed, and missing members are drawn', () => {
  const listed = { ...calls, transfers: undefined, redial: undefined } as unknown as StreamSpec;
  const { arrived } = runWorkload({
    streams: [
      {
        ...listed,
        arrivals: [
          { at: at(-5), contactId: 'too early' },
          { at: at(1), contactId: 'known', handlingMs: 5_000, tags: { tier: 'silver' } },
          { at: at(2) },
        ],
      },
    ],
  });
  expect(
    [...arrived.values()].map((arrival) => [arrival.contactId, secondsOf(arrival.at), arrival.tags?.tier]),
  ).toEqual([
    ['known', 1, 'silver'],
    ['gold-3', 2, 'gold'],
  ]);
  expect(arrived.get('known')?.handlingMs).toBe(5_000);
  expect(arrived.get('gold-3')?.handlingMs).not.toBe(5_000);
});

test.each([
  [
    { redial: { probability: 1, delay: { kind: 'never' } } },
    'The probability of a redial of stream "gold" is 1; it must be from 0 to below 1.',
  ],
  [
    { transfers: [{ by: 'agent', probability: 1.5, queueId: 'r' }] },
    'The probability of a transfer of stream "gold" is 1.5; it must be from 0 to 1.',
  ],
] as const)('%j is rejected', (more, message) => {
  expect(() => runWorkload({ streams: [{ ...calls, ...more }] })).toThrow(new RangeError(message));
});

test('customers are transferred to each of several queues with its probability, once', () => {
  const transfers = [
    { by: 'agent' as const, probability: 0.2, queueId: 'r' },
    {
      by: 'flow' as const,
      probability: 0.5,
      queueId: 's',
      handling: { kind: 'constant', ms: 5_000 } as const,
    },
  ];
  const stream = new Stream({ ...calls, transfers }, '1/0');
  const counts = new Map<string, number>();
  for (const leg of Iterator.from(stream.arrivals(at(0), at(0))).take(4_000)) {
    const next = stream.followUp(leg, 'answered', at(0));
    const queueId = next?.arrival.queueId ?? 'none';
    counts.set(queueId, (counts.get(queueId) ?? 0) + 1);
    if (queueId === 's') expect(next?.arrival.handlingMs).toBe(5_000);
    if (queueId === 'r')
      expect(next?.arrival).toMatchObject({ initiationMethod: 'TRANSFER', enqueuedAt: at(0) });
    if (queueId === 's') expect(next?.arrival).toMatchObject({ initiationMethod: 'DISCONNECT' });
    if (queueId === 's') expect(next?.arrival).not.toHaveProperty('enqueuedAt');
    if (next) expect(stream.followUp(next, 'answered', at(0))).toBeUndefined();
  }
  expect((counts.get('r') ?? 0) / 4_000).toBeCloseTo(0.2, 1);
  expect((counts.get('s') ?? 0) / 4_000).toBeCloseTo(0.5, 1);
  expect(() => new Stream({ ...calls, transfers: [...transfers, ...transfers] }, '1/0')).toThrow(
    'The probability of a transfer of stream "gold" is 1.4; it must be from 0 to 1.',
  );
});

test('ringing and after-contact work leave the other numbers of the customers as they are', () => {
  const drawn = (more: Partial<StreamSpec>) =>
    [...Iterator.from(new Stream({ ...calls, ...more }, '1/0').arrivals(at(0), at(0))).take(500)].map(
      ({ arrival }) => arrival,
    );
  const plain = drawn({});
  const more = drawn({
    ringing: { kind: 'exponential', meanMs: 9_000 },
    afterContactWork: { kind: 'log-normal', meanMs: 30_000, variation: 0.5 },
  });
  expect(more.map(({ ringingMs: _ringing, afterContactWorkMs: _work, ...rest }) => rest)).toStrictEqual(
    plain,
  );
  const mean = (values: readonly (number | undefined)[]) =>
    values.reduce<number>((sum, value = Number.NaN) => sum + value, 0) / values.length;
  expect(mean(more.map(({ ringingMs }) => ringingMs)) / 9_000).toBeCloseTo(1, 0);
  expect(mean(more.map(({ afterContactWorkMs }) => afterContactWorkMs)) / 30_000).toBeCloseTo(1, 1);
});

test('customers who are transferred or call again have the routing of the flow that they come through', () => {
  const stream = new Stream(
    {
      ...calls,
      contact: { ...calls.contact, routing: { priority: 3 } },
      transfers: [
        { by: 'agent', probability: 0.5, queueId: 'r', routing: { ageSeconds: 60 } },
        { by: 'flow', probability: 0.5, queueId: 's' },
      ],
      redial: { probability: 0.999, delay: { kind: 'constant', ms: 1 } },
    },
    '1/0',
  );
  const [leg] = [...Iterator.from(stream.arrivals(at(0), at(0))).take(1)];
  if (!leg) throw new Error('Nobody arrives.');
  expect(leg.arrival.routing).toEqual({ priority: 3 });
  expect(stream.followUp(leg, 'abandoned', at(0))?.arrival.routing).toEqual({ priority: 3 });
  const onward = [...Iterator.from(stream.arrivals(at(0), at(0))).take(40)].flatMap(
    (each) => stream.followUp(each, 'answered', at(0))?.arrival ?? [],
  );
  expect(new Set(onward.map(({ queueId, routing }) => `${queueId} ${JSON.stringify(routing)}`))).toEqual(
    new Set(['r {"ageSeconds":60}', 's undefined']),
  );
});

describe('days that differ', () => {
  const DAY = 24 * HOUR;
  const arrivalsOn = (days: number, dayVariation: number, run: number) => {
    const counts = Array.from({ length: days }, () => [0, 0]);
    const streams = ['a', 'b'].map(
      (name): StreamSpec => ({
        name,
        // Its first point is not midnight, and its rate spans midnight.
        arrivals: { shape: 'step', points: [{ atMs: 9 * HOUR, perHour: 20 }] },
        contact: { queueId: 'q', channel: 'VOICE', initiationMethod: 'INBOUND' },
        handling: { kind: 'constant', ms: 1 },
        patience: { kind: 'never' },
      }),
    );
    const from = at(0);
    const workload = new Workload(
      { dayBeganAt: from, startsAt: from, endsAt: from + days * DAY, streams, dayVariation },
      { seed: 1, run },
    );
    const actions: { at: number; run: (now: number) => void }[] = [];
    workload.attach({
      schedule: (time, action) => void actions.push({ at: time, run: action }),
      arrive(now, { contactId }) {
        const ofDay = counts[Math.floor((now - from) / DAY)];
        const stream = contactId.startsWith('a') ? 0 : 1;
        if (ofDay) ofDay[stream] = (ofDay[stream] ?? 0) + 1;
      },
    });
    for (let next = actions.shift(); next; next = actions.shift()) next.run(next.at);
    return counts;
  };
  const moments = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return {
      mean,
      variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1),
    };
  };

  test('multiply the arrivals of all streams by one factor a day, of mean 1 and the given variation', () => {
    const counts = arrivalsOn(400, 0.3, 0);
    const totals = counts.map(([a = 0, b = 0]) => a + b);
    const { mean, variance } = moments(totals);
    expect(mean / 960).toBeGreaterThan(0.95);
    expect(mean / 960).toBeLessThan(1.05);
    expect(Math.sqrt((variance - mean) / mean ** 2)).toBeGreaterThan(0.26);
    expect(Math.sqrt((variance - mean) / mean ** 2)).toBeLessThan(0.34);
    // Streams are busy on the same days: their difference has the scatter of a Poisson process alone.
    const difference = moments(counts.map(([a = 0, b = 0]) => (a - b) / Math.sqrt(a + b)));
    expect(difference.variance).toBeGreaterThan(0.8);
    expect(difference.variance).toBeLessThan(1.2);
  });

  test('differ by run, are the same in a repetition, and have the scatter of a Poisson process without variation', () => {
    expect(arrivalsOn(5, 0.3, 1)).toEqual(arrivalsOn(5, 0.3, 1));
    expect(arrivalsOn(5, 0.3, 1)).not.toEqual(arrivalsOn(5, 0.3, 2));
    const { mean, variance } = moments(arrivalsOn(400, 0, 0).map(([a = 0, b = 0]) => a + b));
    expect(variance / mean).toBeGreaterThan(0.8);
    expect(variance / mean).toBeLessThan(1.2);
  });

  test('have a gamma factor of mean 1, whether quiet days are rare or many', () => {
    for (const variation of [0.2, 1.5]) {
      const random = seededRandom(4);
      const { mean, variance } = moments(
        Array.from({ length: 40_000 }, () => gammaFactor(random, variation)),
      );
      expect(mean).toBeCloseTo(1, 1);
      expect(Math.sqrt(variance) / variation).toBeCloseTo(1, 1);
    }
  });
});

describe('rosters', () => {
  const profile = { channels: ['VOICE'], queues: [{ queueId: 'q', priority: 1 }] };

  test('a group has its number of agents with one profile, without shifts', () => {
    expect(roster([{ ...profile, name: 'team', count: 2 }], at(0))).toEqual([
      { ...profile, id: 'team-1' },
      { ...profile, id: 'team-2' },
    ]);
  });

  test('shifts of weekdays are on these alone, as many of them as the scenario has', () => {
    const day = { fromMs: 8 * HOUR, toMs: 16 * HOUR };
    const starts = (group: object) => {
      // The first day is a Friday.
      const [agent] = roster([{ ...profile, name: 'a', count: 1, ...group }], at(0), 4);
      return [...Iterator.from(agent?.shifts ?? []).take(3)].map(({ from }) => (from - at(0)) / HOUR);
    };
    expect(starts({ hours: [day], days: [0, 5] })).toEqual([24 + 8, 3 * 24 + 8, 8 * 24 + 8]);
    expect(starts({ days: [4] })).toEqual([0, 7 * 24, 14 * 24]);
    expect(starts({ hours: [day], days: [3] })).toEqual([-24 + 8, 6 * 24 + 8, 13 * 24 + 8]);
  });

  test('shifts repeat daily from the previous day, without breaks, and may pass midnight', () => {
    const night = { fromMs: 22 * HOUR, toMs: 30 * HOUR, breaks: [{ fromMs: 25 * HOUR, toMs: 26 * HOUR }] };
    const [agent] = roster([{ ...profile, name: 'night', count: 1, hours: [night] }], at(0));
    const hours = [...Iterator.from(agent?.shifts ?? []).take(3)].map(({ from, to }) =>
      [from, to].map((moment) => (moment - at(0)) / HOUR),
    );
    expect(hours).toEqual([
      [-2, 1],
      [2, 6],
      [22, 25],
    ]);
  });
});
