import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { simulateOnCores } from '../../../cli/simulate/simulate-on-cores.ts';
import type { SimulationTask } from '../../../cli/threads/messages.ts';
import { createThreadPool, type ThreadPool } from '../../../cli/threads/thread-pool.ts';
import { parsePolicy } from '../../../lambda/domain/policy/parse.ts';
import { parseScenario } from '../../../sim/scenario/index.ts';
import { type RunOutcome, simulate } from '../../../sim/simulation/index.ts';

const file = join(import.meta.dirname, '../../../scenarios/short-staffed.yaml');
const { scenario } = parseScenario(readFileSync(file, 'utf8'), () => '');
if (!scenario) throw new TypeError(`${file} is not valid`);
const SCENARIO = { ...scenario, hours: 1 };
const { settings } = SCENARIO;
const TEXT = 'match: { tags: { tier: [gold] } }\ntarget: 3m\nsteps: [{ after: 0s, set: { priority: 1 } }]\n';
const SOURCE = { file: 'gold.yaml', name: 'gold', kind: 'policy' as const, text: TEXT };
const GOLD = { sources: [SOURCE], settings };

const taskOf = (run: number, set: SimulationTask['set'] = GOLD): SimulationTask => ({
  scenario: SCENARIO,
  set,
  key: { seed: 1, run },
  thresholds: [60],
});

let pool: ThreadPool | undefined;
afterEach(() => pool?.close());

async function outcomes(cores: number, tasks: readonly SimulationTask[]) {
  pool = createThreadPool(cores);
  const found: [index: number, outcome: RunOutcome][] = [];
  await pool.run(tasks, (index, outcome) => found.push([index, outcome]));
  return found;
}

describe('a pool of threads', () => {
  test('gives the outcomes of one core, in the order of the tasks', async () => {
    // The first one takes longest.
    const tasks = [
      { ...taskOf(0), scenario: { ...SCENARIO, hours: 2 } },
      ...[1, 2, 3, 4].map((run) => taskOf(run)),
    ];
    const alone = await outcomes(1, tasks);
    expect(alone.map(([index]) => index)).toStrictEqual([0, 1, 2, 3, 4]);
    expect(await outcomes(3, tasks)).toEqual(alone);
  });

  test('simulates again after a first time', async () => {
    pool = createThreadPool(2);
    for (let time = 0; time < 2; time += 1) {
      const found: number[] = [];
      await pool.run([taskOf(0), taskOf(1)], (index) => found.push(index));
      expect(found).toStrictEqual([0, 1]);
    }
  });

  test.each([1, 2])('on %d cores passes on the error of a task', async (cores) => {
    const wrong = { ...GOLD, sources: [{ ...SOURCE, text: 'steps: 1' }] };
    await expect(outcomes(cores, [taskOf(0), taskOf(1, wrong), taskOf(2)])).rejects.toThrow(
      /^gold\.yaml is not valid: Found 1; expected a list/,
    );
  });

  test('says how far each task is', async () => {
    pool = createThreadPool(2);
    const shares = new Map<number, number>();
    await pool.run(
      [taskOf(0), taskOf(1)],
      () => {},
      (index, share) => {
        expect(share).toBeGreaterThanOrEqual(shares.get(index) ?? 0);
        shares.set(index, share);
      },
    );
    expect([...shares].sort()).toStrictEqual([
      [0, 1],
      [1, 1],
    ]);
  });
});

const LATER_TEXT = TEXT.replace('0s', '1m');
const policyOf = (text: string) => {
  const { policy } = parsePolicy('gold', text, settings);
  if (!policy) throw new TypeError('The policy is not valid.');
  return policy;
};
const NONE_SET = { set: { name: 'none', policies: [], settings }, texts: { sources: [], settings } };
const GOLD_SET = { set: { name: 'gold', policies: [policyOf(TEXT)], settings }, texts: GOLD };
const LATER_SET = {
  set: { name: 'later', policies: [policyOf(LATER_TEXT)], settings },
  texts: { sources: [{ ...SOURCE, text: LATER_TEXT }], settings },
};

test.each([
  ['none as the baseline', [NONE_SET, GOLD_SET]],
  ['policies as the baseline', [GOLD_SET, LATER_SET]],
])('a simulation on two cores is that on one, byte for byte: %s', async (_, chosen) => {
  const sets = chosen.map(({ set }) => set);
  const options = { scenario: { ...SCENARIO, hours: 2 }, sets, seed: 3, runs: 4 };
  const shares: number[] = [];
  const texts = chosen.map((one) => one.texts);
  const onCores = await simulateOnCores(options, texts, 2, (share) => shares.push(share), 0);
  expect(JSON.stringify(onCores)).toBe(JSON.stringify(simulate(options)));
  expect(shares).toStrictEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBeCloseTo(1, 9);
});
