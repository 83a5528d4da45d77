import { describe, expect, test } from '@jest/globals';
import { signalPatternsOf } from '../../../lambda/domain/policy/policy-set.ts';
import { ANGRY_SIGNAL, angryAfterMs } from '../../../local/demo/angry-customers.ts';
import { type DemoSetup, readSetup } from '../../../local/demo/demo-setup.ts';
import { waitWithin } from '../../../local/demo/visits.ts';
import { seededRandom } from '../../../sim/random.ts';
import { exponential, logNormal } from '../../../sim/workload/index.ts';

const io = { cwd: import.meta.dirname, err() {} };

const read = async (seed: number): Promise<DemoSetup> => {
  const setup = await readSetup({ minutes: 10, seed }, io);
  if (!setup) throw new TypeError('The demo of the repository has problems.');
  return setup;
};

const waitsOf = ({ baseline, window }: DemoSetup) =>
  [...baseline.values()].flatMap((visit) => {
    const wait = waitWithin(visit, window);
    return wait ? [{ ...wait, queue: visit.queueArn.split('/').at(-1) }] : [];
  });

describe('the contacts of the demo', () => {
  test('are the same for the same seed, and differ for another', async () => {
    const [three, again, four] = await Promise.all([read(3), read(3), read(4)]);
    expect([...again.baseline]).toEqual([...three.baseline]);
    expect([...four.baseline]).not.toEqual([...three.baseline]);
  });

  test.each([1, 2, 3])(
    'of seed %i wait in two busy queues, and some in each go without an answer',
    async (seed) => {
      const setup = await read(seed);
      const waits = waitsOf(setup);
      expect(waits.length).toBeGreaterThan(200);
      for (const queue of ['Support', 'Billing']) {
        const ofQueue = waits.filter((wait) => wait.queue === queue);
        const atFourMinutes = setup.window.startsAt + 4 * 60_000;
        const waiting = ofQueue.filter(
          ({ enqueuedAt, leftAt }) => enqueuedAt <= atFourMinutes && leftAt > atFourMinutes,
        );
        expect(waiting.length).toBeGreaterThan(15);
        expect(new Set(ofQueue.flatMap(({ end }) => (end === 'waiting' ? [] : end)))).toEqual(
          new Set(['answered', 'abandoned']),
        );
      }
    },
  );

  test('begin at ten, with the rush', async () => {
    const { window, isBusiest } = await read(1);
    expect(isBusiest).toBe(false);
    expect(window).toEqual({
      startsAt: Date.parse('2026-11-23T10:00:00+01:00'),
      endsAt: Date.parse('2026-11-23T10:10:00+01:00'),
    });
  });

  test('have policies that match on what they have: signals, attributes, tags, channels and a condition', async () => {
    const { scenario, policies } = await read(1);
    const { policies: all, attributeNames } = policies.configuration.policies;
    const names = signalPatternsOf(all)
      .flatMap(({ rules }) => rules.flat())
      .filter(({ test }) => test(ANGRY_SIGNAL));
    expect(names.length).toBeGreaterThan(0);
    expect(policies.configuration.conditions.map(({ queues }) => queues)).toEqual([['Support']]);
    const contacts = scenario.streams.map(({ contact }) => contact);
    for (const name of attributeNames) {
      expect(contacts.some(({ attributes = {} }) => Object.hasOwn(attributes, name))).toBe(true);
    }
    expect(contacts.some(({ routing }) => routing?.priority === 2)).toBe(true);
    expect(new Set(contacts.map(({ channel }) => channel))).toEqual(new Set(['VOICE', 'CHAT']));
  });

  test('become angry in one case of twelve or so, after half a minute at least', () => {
    const after = Array.from({ length: 2_000 }, (_, index) => angryAfterMs(`c-${index}`, 1)).filter(
      (ms) => ms !== undefined,
    );
    expect(after.length / 2_000).toBeCloseTo(0.08, 1);
    expect(Math.min(...after)).toBeGreaterThanOrEqual(30_000);
    expect(angryAfterMs('c-1', 1)).toBe(angryAfterMs('c-1', 1));
  });
});

describe('draws', () => {
  const mean = (draw: () => number) =>
    Array.from({ length: 20_000 }, draw).reduce((a, b) => a + b, 0) / 20_000;

  test('have the given means', () => {
    const random = seededRandom(7);
    expect(mean(() => exponential(random, 100)) / 100).toBeCloseTo(1, 1);
    expect(mean(() => logNormal(random, 100, 0.6)) / 100).toBeCloseTo(1, 1);
  });
});
