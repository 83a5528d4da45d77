import { describe, expect, test } from '@jest/globals';
import { type Arrival, ContactCentre, type FinishedContact } from '../../../sim/centre/index.ts';
import { keyedRandoms, seededRandom } from '../../../sim/random.ts';
import { roster, type StreamSpec, Workload } from '../../../sim/workload/index.ts';
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
  transfer: { probability: 0.3, queueId: 'r', handling: { kind: 'constant', ms: 77_000 } },
  redial: { probability: 0.6, delay: { kind: 'exponential', meanMs: 120_000 } },
};

interface Play {
  readonly streams?: readonly StreamSpec[];
  readonly agents?: number;
  readonly seed?: number;
  readonly run?: number;
  readonly hours?: number;
}

/** Lets the streams come to a centre, and says who came when, and what became of them. */
function play({ streams = [calls], agents = 15, seed = 1, run = 0, hours = 4 }: Play) {
  const came = new Map<string, Arrival & { readonly at: number }>();
  const gone: FinishedContact[] = [];
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
      gone.push(contact);
      workload.onDisconnected(contact);
    },
  });
  workload.attach({
    schedule: (time, action) => centre.schedule(time, action),
    arrive(now, arrival) {
      came.set(arrival.contactId, { ...arrival, at: now });
      centre.arrive(now, arrival);
    },
  });
  centre.advance(endsAt + 100 * HOUR);
  const goneById = new Map(gone.map((contact) => [contact.contactId, contact]));
  return { came, gone, goneById, endsAt, nextEventAt: centre.nextEventAt() };
}

const isFirst = ([id]: readonly [string, unknown]) => !id.includes('.');

describe('common random numbers', () => {
  test('a customer comes, takes and waits alike however the centre is staffed', () => {
    const few = play({ agents: 12 });
    const many = play({ agents: 25 });
    expect([...few.came].filter(isFirst)).toEqual([...many.came].filter(isFirst));
    expect(few.gone).not.toEqual(many.gone);
    const inBoth = [...few.came].filter(
      ([id, { queueId }]) => !isFirst([id, 0]) && many.came.get(id)?.queueId === queueId,
    );
    expect(inBoth.length).toBeGreaterThan(20);
    for (const [id, { handlingMs, patienceMs }] of inBoth) {
      expect(many.came.get(id)).toMatchObject({ handlingMs, patienceMs });
    }
  });

  test('a stream is the same with and without other streams', () => {
    const other = { ...calls, name: 'silver' };
    const withOther = [...play({ streams: [other, calls] }).came].filter(([id]) => id.startsWith('gold'));
    expect(withOther.filter(isFirst)).toEqual([...play({}).came].filter(isFirst));
  });

  test('runs and seeds and names each have draws of their own, and the same key has the same', () => {
    const patience = (more: Play) =>
      [...play({ ...more, hours: 0.2 }).came.values()].map(({ patienceMs }) => patienceMs);
    const all = [{}, { run: 1 }, { seed: 2 }, { streams: [{ ...calls, name: 'g' }] }].map(patience);
    expect(new Set(all.flat()).size).toBe(all.flat().length);
    expect(patience({})).toEqual(all[0]);
  });

  test('numbers of neighbouring keys are unrelated', () => {
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
      // Five standard errors; the series holds against itself with 1.
      expect(Math.abs(mean - 0.5)).toBeLessThanOrEqual(5 / Math.sqrt(12 * size));
      expect(Math.abs(correlation - (one === series[0] ? 1 : 0))).toBeLessThanOrEqual(5 / Math.sqrt(size));
    }
  });
});

describe('what follows on a contact', () => {
  test('who hung up calls again as often as is said, with the same tier and identity', () => {
    const { came, gone, goneById } = play({ agents: 0, hours: 20 });
    const again = [...came].filter((entry) => !isFirst(entry));
    expect(again.length / gone.length).toBeCloseTo(0.6, 1);
    const [id, second] = again[0] ?? ['', undefined];
    const firstId = id.replace(/\.2$/, '');
    const left = goneById.get(firstId);
    expect(second).toMatchObject({
      initialContactId: firstId,
      initiationMethod: 'INBOUND',
      queueId: 'q',
      tags: { tier: 'gold' },
      routing: { priority: 2 },
    });
    expect(second?.previousContactId).toBeUndefined();
    expect(second?.patienceMs).not.toBe(came.get(firstId)?.patienceMs);
    const delays = again.map(([next, arrival]) => {
      const [base, leg] = next.split('.');
      const before = goneById.get(leg === '2' ? String(base) : `${base}.${Number(leg) - 1}`);
      return arrival.at - (before?.disconnectedAt ?? 0);
    });
    expect(left?.waitEnd).toBe('abandoned');
    expect(delays.reduce((sum, delay) => sum + delay, 0) / delays.length / 120_000).toBeCloseTo(1, 1);
  });

  test('some wait for a second agent at the moment when the first one is done, once, without the old routing', () => {
    const { came, gone, goneById } = play({ agents: 100, hours: 20 });
    const onward = [...came.values()].filter(({ initiationMethod }) => initiationMethod === 'TRANSFER');
    const answeredFirst = gone.filter(
      ({ waitEnd: outcome, queueId }) => outcome === 'answered' && queueId === 'q',
    );
    expect(onward.length / answeredFirst.length).toBeCloseTo(0.3, 1);
    for (const arrival of onward) {
      const before = goneById.get(arrival.previousContactId ?? '');
      expect(arrival).toMatchObject({
        at: before?.disconnectedAt,
        initialContactId: before?.contactId,
        queueId: 'r',
        handlingMs: 77_000,
        tags: { tier: 'gold' },
      });
      expect(arrival.routing).toBeUndefined();
    }
    expect(new Set(onward.map(({ initialContactId }) => initialContactId)).size).toBe(onward.length);
  });

  test('nobody comes or calls again after the end, but who is there is dealt with', () => {
    const { came, gone, endsAt, nextEventAt } = play({});
    const byThemselves = [...came.values()].filter(({ initiationMethod }) => initiationMethod === 'INBOUND');
    expect(Math.max(...byThemselves.map((arrival) => arrival.at))).toBeLessThan(endsAt);
    expect(gone.length).toBe(came.size);
    expect(gone.some(({ disconnectedAt }) => disconnectedAt > endsAt)).toBe(true);
    expect(nextEventAt).toBeUndefined();
  });
});

test('listed arrivals come as listed, and what the list does not say is drawn', () => {
  const listed = { ...calls, transfer: undefined, redial: undefined } as unknown as StreamSpec;
  const { came } = play({
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
    [...came.values()].map((arrival) => [arrival.contactId, secondsOf(arrival.at), arrival.tags?.tier]),
  ).toEqual([
    ['known', 1, 'silver'],
    ['gold-3', 2, 'gold'],
  ]);
  expect(came.get('known')?.handlingMs).toBe(5_000);
  expect(came.get('gold-3')?.handlingMs).not.toBe(5_000);
});

test.each([
  [
    { redial: { probability: 1, delay: { kind: 'never' } } },
    'The probability of a redial of stream "gold" is 1; it must be from 0 to below 1.',
  ],
  [
    { transfer: { probability: 1.5, queueId: 'r' } },
    'The probability of a transfer of stream "gold" is 1.5; it must be from 0 to 1.',
  ],
] as const)('%j is refused', (more, message) => {
  expect(() => play({ streams: [{ ...calls, ...more }] })).toThrow(new RangeError(message));
});

describe('rosters', () => {
  const profile = { channels: ['VOICE'], queues: [{ queueId: 'q', priority: 1 }] };

  test('a group is so many agents of one profile, around the clock', () => {
    expect(roster([{ ...profile, name: 'team', count: 2 }], at(0))).toEqual([
      { ...profile, id: 'team-1' },
      { ...profile, id: 'team-2' },
    ]);
  });

  test('shifts repeat daily from the day before, without the breaks, and may pass midnight', () => {
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
