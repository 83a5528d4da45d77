import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cli, directoryWith } from '../support/run-cli.ts';

const SCENARIO = `
name: small
start: 2026-11-23T08:00:00Z
hours: 1
serviceLevel: 2m
queues: [q]
agents: [{ name: a, count: 3, queues: [{ queue: q }] }]
streams:
  - { tier: gold, queue: q, tags: { tier: gold }, arrivals: { perHour: 15 }, handling: { mean: 4m }, patience: { mean: 9m } }
  - { tier: other, queue: q, arrivals: { perHour: 30 }, handling: { mean: 4m } }
`;

let files: ReturnType<typeof directoryWith>;
beforeAll(() => {
  files = directoryWith({
    'small.yaml': SCENARIO,
    'mine/gold.yaml': 'match: { tags: { tier: [gold] } }\nsteps: [{ after: 0s, set: { priority: 1 } }]\n',
    'easy.yaml': 'gold: [20 % within 10m, abandoned +50 points at most]\neverybody: 4h at most\n',
    'hard.yaml': 'gold: 50 % within 10m\nother: 1s at most\n',
    'wrong.yaml': 'gould: 50 % within 10m\n',
  });
});
afterAll(() => files.remove());

const simulate = (goals: string, ...args: string[]) =>
  cli(['simulate', 'small.yaml', '--runs', '8', '--goals', goals, ...args], { cwd: files.path });

describe('escalator simulate --goals', () => {
  test('prints the goals first, and exits with 0 where all are met', async () => {
    const { code, out, err } = await simulate('easy.yaml', '--policies', 'mine');
    expect([code, err]).toStrictEqual([0, '']);
    const lines = out.split('\n');
    expect(lines.slice(2, 4)).toStrictEqual(['', 'Goals, with mine:']);
    expect(lines[4]).toMatch(/^ {2}✓ gold: 20 % within 10m: \d.* %$/);
    expect(lines[5]).toMatch(/^ {2}✓ gold: abandoned \+50 points at most: [-+]?\d.* points$/);
    expect(lines[6]).toMatch(/^ {2}✓ everybody: 4h at most: \d+ ± \d+ s$/);
    expect(lines[7]).toBe('');
  });

  test('exits with 1 where a goal is not met', async () => {
    const { code, out } = await simulate('hard.yaml', '--policies', 'mine');
    expect(code).toBe(1);
    expect(out).toMatch(/^ {2}✗ other: 1s at most: \d+ ± \d+ s$/m);
  });

  test('judges the baseline where there is nothing else', async () => {
    expect((await simulate('easy.yaml')).out).toContain('\nGoals, with none:\n');
  });

  test('has the goals of every set in --json', async () => {
    const { out } = await simulate('hard.yaml', '--policies', 'mine', '--json');
    const { sets } = JSON.parse(out) as { sets: { goals: { goal: string; verdict: string }[] }[] };
    expect(sets.map(({ goals }) => goals.map(({ goal }) => goal))).toStrictEqual([
      ['50 % within 10m', '1s at most'],
      ['50 % within 10m', '1s at most'],
    ]);
    expect(sets[1]?.goals[1]).toMatchObject({
      tier: 'other',
      figure: 'longest',
      limit: 1,
      verdict: 'missed',
    });
  });

  test('reports what is wrong with the goals, and simulates nothing', async () => {
    const { code, out, err } = await simulate('wrong.yaml', '--policies', 'mine');
    expect([code, out]).toStrictEqual([1, '']);
    expect(err).toContain(
      'wrong.yaml:1:1: error unknown-tier: Found "gould"; expected a tier of the scenario',
    );
  });

  test('refuses to judge by one run', async () => {
    const { code, err } = await simulate('easy.yaml', '--runs', '1');
    expect([code, err]).toStrictEqual([
      2,
      'escalator: One run has no confidence interval, so it cannot show that a goal is met: write --runs 2 or more with --goals.\n',
    ]);
  });

  test('refuses a file that does not exist', async () => {
    expect(await simulate('nowhere.yaml')).toMatchObject({
      code: 2,
      err: 'escalator: nowhere.yaml does not exist.\n',
    });
  });
});
