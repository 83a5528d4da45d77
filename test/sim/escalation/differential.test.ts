import { describe, expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS, type Settings } from '../../../lambda/domain/settings.ts';
import type { AgentGroup, StreamSpec } from '../../../sim/workload/index.ts';
import { type Change, type Experiment, examplePolicies, real, simulated } from './experiments.ts';

const POLICIES = examplePolicies();

/** Between the two there are only the constants and the chances of how long requests take. */
const MOST_APART_MS = 2_000;

function stream(name: string, perHour: number, contact: Partial<StreamSpec['contact']>): StreamSpec {
  return {
    name,
    arrivals: { shape: 'step', points: [{ atMs: 0, perHour }] },
    contact: { queueId: 'q', channel: 'VOICE', initiationMethod: 'INBOUND', ...contact },
    handling: { kind: 'log-normal', meanMs: 240_000, variation: 0.8 },
    patience: { kind: 'weibull', meanMs: 600_000, shape: 1.3 },
    transfer: { probability: 0.3, queueId: 'r' },
    redial: { probability: 0.4, delay: { kind: 'exponential', meanMs: 120_000 } },
  };
}

const STREAMS = [
  stream('gold', 25, { tags: { tier: 'gold' } }),
  stream('spanish', 15, { tags: { language: 'es' } }),
  stream('private', 15, { attributes: { segment: 'private-1' } }),
  stream('chat', 20, { channel: 'CHAT', initiationMethod: 'API' }),
  stream('other', 40, {}),
  stream('raised', 10, { tags: { tier: 'gold' }, routing: { priority: 2 } }),
];

const AGENTS: AgentGroup[] = [
  {
    name: 'a',
    count: 6,
    channels: ['VOICE', 'CHAT'],
    queues: [
      { queueId: 'q', priority: 1 },
      { queueId: 'r', priority: 2 },
    ],
    proficiencies: { Language: { Spanish: 5 } },
  },
];

const play = (settings: Partial<Settings>, agents: readonly AgentGroup[]): Experiment => ({
  configuration: { policies: POLICIES, settings: { ...DEFAULT_SETTINGS, ...settings } },
  agents,
  streams: STREAMS,
  minutes: 40,
});

const byContact = (changes: readonly Change[]) =>
  Object.fromEntries(
    [...Map.groupBy(changes, ({ contactId }) => contactId)].sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const setsOf = (changes: readonly Change[]) =>
  Object.fromEntries(
    Object.entries(byContact(changes)).map(([contactId, list]) => [contactId, list?.map(({ set }) => set)]),
  );

function mostApartMs(a: readonly Change[], b: readonly Change[]): number {
  const other = byContact(b);
  return Math.max(
    ...Object.entries(byContact(a)).flatMap(([contactId, list = []]) =>
      list.map(({ at }, index) => Math.abs(at - (other[contactId]?.[index]?.at ?? Number.NaN))),
    ),
  );
}

/** Of all pairs of calls that both made, the share that comes in the same order. */
function sameOrderShare(a: readonly Change[], b: readonly Change[]): number {
  const keyOf = ({ contactId, set }: Change) => JSON.stringify([contactId, set]);
  const places = new Map(b.map((change, place) => [keyOf(change), place]));
  const common = a.flatMap((change) => places.get(keyOf(change)) ?? []);
  expect(common.length).toBeGreaterThan(0.95 * b.length);
  const pairs = common.flatMap((place, index) => common.slice(index + 1).map((later) => place < later));
  return pairs.filter(Boolean).length / pairs.length;
}

describe('the escalation of the simulator', () => {
  test.each([
    ['asks before the first change', {}],
    ['does not ask', { checkBeforeFirstChange: false }],
    ['adds ages up', { ageAdjustment: 'incremental' as const }],
  ])('changes the same contacts in the same way as the handlers where it %s', async (_name, settings) => {
    // Nobody is served, so that moments of difference do not grow into other lives.
    const [mine, theirs] = [simulated(play(settings, [])), await real(play(settings, []))];
    expect(theirs.length).toBeGreaterThan(300);
    expect(setsOf(mine)).toEqual(setsOf(theirs));
    expect(mostApartMs(mine, theirs)).toBeLessThan(MOST_APART_MS);
  });

  test('does the same where agents answer', async () => {
    // Changes never act, lest who is answered first hang on milliseconds, and all that follows with it.
    const answering = { ...play({}, AGENTS), routingLagMs: 24 * 3_600_000 };
    const [mine, theirs] = [simulated(answering), await real(answering)];
    expect(theirs.length).toBeGreaterThan(100);
    expect(setsOf(mine)).toEqual(setsOf(theirs));
    expect(mostApartMs(mine, theirs)).toBeLessThan(MOST_APART_MS);
  });

  test('serves in the same order as the handlers when the quota is short', async () => {
    const settings = { updateRate: 0.1, updateBurst: 2, checkBeforeFirstChange: false };
    const [mine, theirs] = [simulated(play(settings, [])), await real(play(settings, []))];
    expect(theirs.length).toBeGreaterThan(100);
    // What falls due in the moment of a token comes before it in one of them and after it in the other.
    expect(sameOrderShare(mine, theirs)).toBeGreaterThan(0.99);
    // Any other order is found out.
    const byName = theirs.toSorted((a, b) => (a.contactId < b.contactId ? -1 : 1));
    expect(sameOrderShare(byName, theirs)).toBeLessThan(0.8);
  });
});
