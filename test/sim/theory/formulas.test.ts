import { describe, expect, test } from '@jest/globals';
import { cobham, cobhamMultiServer, erlangA, erlangC } from '../../../sim/theory/index.ts';

describe('Erlang C', () => {
  test('one agent: the probability of waiting is the utilisation', () => {
    const {
      waitProbability: waits,
      meanWait,
      shareWithin: waitsAtMost,
    } = erlangC({ servers: 1, arrivalRate: 0.8, serviceRate: 1 });
    expect(waits).toBeCloseTo(0.8, 12);
    expect(meanWait).toBeCloseTo(4, 12);
    expect(waitsAtMost(0)).toBeCloseTo(0.2, 12);
    expect(waitsAtMost(5)).toBeCloseTo(1 - 0.8 * Math.exp(-1), 12);
  });

  test('two agents with a load of 1, by hand: a third waits', () => {
    expect(erlangC({ servers: 2, arrivalRate: 1, serviceRate: 1 })).toMatchObject({
      waitProbability: expect.closeTo(1 / 3, 12),
      meanWait: expect.closeTo(1 / 3, 12),
    });
  });

  test('a published case: 100 calls in half an hour of 3 minutes, 11 agents', () => {
    // G. Koole, Call Center Optimization (2013): a load of 10 Erlang.
    const { waitProbability: waits } = erlangC({ servers: 11, arrivalRate: 100 / 30, serviceRate: 1 / 3 });
    const erlangB =
      10 ** 11 /
      39_916_800 /
      Array.from({ length: 12 }, (_, n) => 10 ** n / factorial(n)).reduce((a, b) => a + b);
    expect(waits).toBeCloseTo(erlangB / (1 - (10 / 11) * (1 - erlangB)), 12);
    expect(waits).toBeCloseTo(0.6821, 3);
  });

  test('thousands of agents do not overflow', () => {
    const { waitProbability: waits } = erlangC({ servers: 5_000, arrivalRate: 4_900, serviceRate: 1 });
    expect(waits).toBeGreaterThan(0.08);
    expect(waits).toBeLessThan(0.1);
  });

  test('rejects a load that the agents cannot handle', () => {
    expect(() => erlangC({ servers: 2, arrivalRate: 2, serviceRate: 1 })).toThrow(
      new RangeError('The load is 2 Erlang for 2 agents; expected less than the number of agents.'),
    );
  });
});

describe('Erlang A', () => {
  test('with an abandonment rate equal to the service rate it is M/M/∞: the number of contacts is Poisson', () => {
    const { waitProbability: waits, abandonedShare: abandons } = erlangA({
      servers: 3,
      arrivalRate: 2,
      serviceRate: 1,
      abandonmentRate: 1,
    });
    const below3 = Math.exp(-2) * (1 + 2 + 2);
    expect(waits).toBeCloseTo(1 - below3, 12);
    // E(N - 3)+ over the load.
    const busy = Math.exp(-2) * (0 + 1 * 2 + 2 * 2) + 3 * (1 - below3);
    expect(abandons).toBeCloseTo((2 - busy) / 2, 12);
  });

  test('with infinite patience it is Erlang C', () => {
    const model = { servers: 10, arrivalRate: 9, serviceRate: 1 };
    const patient = erlangA({ ...model, abandonmentRate: 1e-7 });
    const expected = erlangC(model);
    expect(patient.waitProbability).toBeCloseTo(expected.waitProbability, 5);
    expect(patient.meanWait).toBeCloseTo(expected.meanWait, 4);
    for (const time of [0, 0.5, 2, 5])
      expect(patient.shareWithin(time)).toBeCloseTo(expected.shareWithin(time), 5);
  });

  test('the tail of the wait integrates to its mean', () => {
    const {
      meanWait,
      shareWithin: waitsAtMost,
      waitProbability: waits,
    } = erlangA({
      servers: 10,
      arrivalRate: 12,
      serviceRate: 1,
      abandonmentRate: 0.5,
    });
    const step = 0.01;
    let mean = 0;
    for (let time = step / 2; time < 8; time += step) mean += (1 - waitsAtMost(time)) * step;
    expect(mean).toBeCloseTo(meanWait, 4);
    expect(waitsAtMost(0)).toBeCloseTo(1 - waits, 10);
  });

  test('a thousand agents with ten times the load do not overflow: nearly all excess contacts abandon', () => {
    const {
      waitProbability: waits,
      abandonedShare: abandons,
      meanWait,
    } = erlangA({
      servers: 1_000,
      arrivalRate: 10_000,
      serviceRate: 1,
      abandonmentRate: 0.5,
    });
    expect(waits).toBeCloseTo(1, 12);
    expect(abandons).toBeCloseTo(0.9, 6);
    expect(meanWait).toBeCloseTo(1.8, 6);
  });
});

describe('Cobham', () => {
  test('with a single class it is Pollaczek-Khinchine', () => {
    expect(cobham([{ arrivalRate: 0.8, meanService: 1, serviceVariation: 1 }])).toEqual([
      expect.closeTo(4, 12),
    ]);
    expect(cobham([{ arrivalRate: 0.8, meanService: 1, serviceVariation: 0 }])).toEqual([
      expect.closeTo(2, 12),
    ]);
  });

  test('the waits weighted by load equal the wait of one class (conservation law, Kleinrock 1965)', () => {
    const classes = [0.2, 0.3, 0.4].map((arrivalRate) => ({
      arrivalRate,
      meanService: 1,
      serviceVariation: 1.5,
    }));
    const [together = 0] = cobham([{ arrivalRate: 0.9, meanService: 1, serviceVariation: 1.5 }]);
    const waits = cobham(classes);
    const weighted = waits.reduce((sum, wait, index) => sum + wait * (classes[index]?.arrivalRate ?? 0), 0);
    expect(weighted / 0.9).toBeCloseTo(together, 10);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  });

  test('with one agent, the formula for several agents gives the same', () => {
    const rates = [0.1, 0.3, 0.3];
    const single = cobham(rates.map((arrivalRate) => ({ arrivalRate, meanService: 1, serviceVariation: 1 })));
    for (const [index, wait] of cobhamMultiServer(rates, 1, 1).entries())
      expect(wait).toBeCloseTo(single[index] ?? 0, 12);
  });

  test('rejects a utilisation of 1', () => {
    const all = { arrivalRate: 1, meanService: 1, serviceVariation: 1 };
    expect(() => cobham([all])).toThrow(new RangeError('The utilisation is 1; it must be below 1.'));
  });
});

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}
