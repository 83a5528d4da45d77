import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseHTML } from 'linkedom';
import { cli, directoryWith } from '../support/run-cli.ts';

/** Three agents that gold and other callers share: gold first helps gold, and costs others. */
const SCENARIO = `
name: small
start: 2026-11-23T08:00:00Z
hours: 2
serviceLevel: 2m
queues: [q]
agents: [{ name: a, count: 4, queues: [{ queue: q }] }]
streams:
  - { tier: gold, queue: q, tags: { tier: gold }, arrivals: { perHour: 10 }, handling: { mean: 4m }, patience: { mean: 20m } }
  - { tier: other, queue: q, arrivals: { perHour: 45 }, handling: { mean: 4m }, patience: { mean: 20m } }
`;
const DRAFT = `# Gold first.
match: { tags: { tier: [gold] } }
steps:
  - after: { try: [0s, 10m] } # soon
    set: { priority: { try: [1, 2] } }
`;

/** What the other tiers have more. */
interface Cost {
  readonly extraWaitSeconds: { readonly value: number };
}

let files: ReturnType<typeof directoryWith>;
beforeAll(() => {
  files = directoryWith({
    'small.yaml': SCENARIO,
    'draft/gold.yaml': DRAFT,
    'draft/others.yaml': 'mode: observe\nprecedence: 500\nsteps: [{ after: 3m, set: { priority: 4 } }]\n',
    'draft/settings.yaml': 'updateRate: 10\n',
    'draft/calendars/office.yaml': 'timezone: UTC\nhours: ["daily 00:00-24:00"]\n',
    'typo/gold.yaml': DRAFT.replace('10m', '10x'),
    'empty/gold.yaml': DRAFT.replace('[0s, 10m]', '[]'),
    'fixed/gold.yaml': 'steps: [{ after: 0s, set: { priority: 1 } }]\n',
    'easy.yaml': 'gold: 80 % within 3m\n',
    'hard.yaml': 'gold: 100 % within 1s\n',
    'wrong.yaml': 'gold: soon\n',
    'full/mine.txt': 'kept',
    'late/gold.yaml': 'match: { tags: { tier: [gold] } }\nsteps: [{ after: 10m, set: { priority: 1 } }]\n',
    'watching/gold.yaml': 'mode: observe\nsteps: [{ after: 0s, set: { priority: 1 } }]\n',
    'bare/settings.yaml': 'updateRate: 10\n',
  });
});
afterAll(() => files.remove());

const recommend = (draft: string, goals: string, ...args: string[]) =>
  cli(
    [
      'recommend',
      'small.yaml',
      '--policies',
      draft,
      '--goals',
      goals,
      '--budget',
      '1s',
      '--cores',
      '1',
      '--without-backtest',
      ...args,
    ],
    {
      cwd: files.path,
    },
  );
const read = (name: string) => readFileSync(join(files.path, name), 'utf8');

describe('escalator recommend', () => {
  test('writes the policy that reaches the goal, which observes, and leaves the others as they are', async () => {
    const { code, out, err } = await recommend('draft', 'easy.yaml', '-o', 'chosen');
    expect([code, err]).toStrictEqual([
      0,
      'Policies: chosen/gold.yaml, chosen/others.yaml, chosen/calendars/office.yaml, chosen/settings.yaml\n',
    ]);
    const [head, , verdict, goal] = out.split('\n');
    expect(head).toMatch(/^small: 5 candidates in \d+ runs \(seed 1\)\.$/);
    expect(verdict).toMatch(/^Recommended: gold: steps\[0\]\.after 0s, steps\[0\]\.set\.priority [12]\.$/);
    expect(goal).toMatch(/^ {2}✓ gold: 80 % within 3m: \d/);
    expect(out).toMatch(
      /^ {2}Against no policies, other waits \d+\.\d s longer and abandons \+\d+\.\d points\.$/m,
    );
    expect(read('chosen/gold.yaml')).toMatch(
      /^# Gold first\.\nmatch: \{ tags: \{ tier: \[gold\] \} \}\nsteps:\n {2}- after: 0s # soon\n {4}set: \{ priority: [12] \}\nmode: observe\n$/,
    );
    expect(read('chosen/others.yaml')).toBe(read('draft/others.yaml'));
    expect((await cli(['check', 'chosen'], { cwd: files.path })).code).toBe(0);
  });

  test('writes a report with the verdict, the policies in words, and the values beside those of the draft', async () => {
    const { code, out, err } = await recommend('draft', 'easy.yaml', '--report', 'why.html');
    expect([code, err]).toStrictEqual([0, 'Report: why.html\n']);
    const { document } = parseHTML(read('why.html'));
    const [, priority] = /priority ([12])\.$/m.exec(out) ?? [];
    expect(document.querySelector('#verdict .lead')?.textContent).toBe(
      `Recommended: gold (at 0s priority ${priority}).`,
    );
    const rows = [...document.querySelectorAll('#values tbody tr')].map((row) =>
      [...row.querySelectorAll('th, td')].map(({ textContent }) => textContent),
    );
    expect(rows).toStrictEqual([
      ['gold steps[0].after', '0s', '0s', ''],
      ['gold steps[0].set.priority', '1', priority, priority === '1' ? '' : 'changed'],
    ]);
    expect(document.querySelectorAll('.mark circle').length).toBeGreaterThan(1);
  });

  test('refuses a report that cannot be written before it searches', async () => {
    expect(await recommend('draft', 'easy.yaml', '--report', 'nowhere/why.html')).toMatchObject({
      code: 2,
      err: 'escalator: The directory nowhere does not exist: create it, or choose another.\n',
    });
  });

  test('compares the recommendation with other sets, for the same customers', async () => {
    const sets = ['--beside', 'late', '--beside', 'watching'];
    const { code, out } = await recommend('draft', 'easy.yaml', ...sets);
    expect(code).toBe(0);
    const late = out.slice(out.indexOf('Beside late'), out.indexOf('Beside watching')).split('\n');
    expect(late[0]).toBe('Beside late, for the same customers:');
    expect(late[1]).toMatch(/^ {2}[✓✗] gold: 80 % within 3m: \d/);
    expect(late[2]).toMatch(/^ {2}Against no policies, other waits \d+\.\d s (longer|shorter) and abandons /);
    expect(late[3]).toMatch(
      /^ {2}With the recommended set instead, the other tiers wait \d.* (± \d.*) s (longer|shorter) and abandon [-+]\d.* points\.$/,
    );
    expect(out).toContain('It made no calls: its policies observe, are off, or govern no contact.');
    const { out: json } = await recommend('draft', 'easy.yaml', ...sets, '--json');
    const { beside, best } = JSON.parse(json) as {
      beside: { set: string; calls: number; othersCost: Cost; withBest: Cost }[];
      best: { othersCost: Cost };
    };
    expect(beside.map(({ set }) => set)).toStrictEqual(['late', 'watching']);
    // What observes is as no policies, so the difference is what the best costs.
    expect(beside[1]).toMatchObject({ calls: 0, withBest: best.othersCost });
    expect(beside[0]?.calls).toBeGreaterThan(0);
  });

  test('prints the same for the same seed, on any number of cores', async () => {
    const first = await recommend('draft', 'easy.yaml', '--json');
    const again = await recommend('draft', 'easy.yaml', '--json', '--cores', '2');
    expect(again).toStrictEqual(first);
    const result = JSON.parse(first.out) as {
      outcome: string;
      best: { values: object[] };
      searched: { id: string }[];
    };
    expect(result.outcome).toBe('recommended');
    expect(result.best.values[0]).toStrictEqual({ policy: 'gold', path: 'steps[0].after', value: '0s' });
    expect(result.searched.map(({ id }) => id)).toContain('none');
  });

  test('says that no policy reaches a goal, and whether more agents would', async () => {
    const { code, out } = await recommend('draft', 'hard.yaml', '-o', 'unwritten');
    expect(code).toBe(1);
    expect(out).toMatch(
      /^No policy of this draft reaches 100 % within 1s for gold: the best gets \d.* %\.$/m,
    );
    expect(out).toMatch(
      /^(Not even \w+ more agents? like those of a would be enough\.|\w+ more agents? .* would be enough, with the best of these policies\.)$/m,
    );
    expect(existsSync(join(files.path, 'unwritten'))).toBe(false);
  });

  test.each<[draft: string, goals: string, error: string]>([
    ['typo', 'easy.yaml', 'typo/gold.yaml:4:24: error not-allowed: Found "10x"; expected a duration'],
    [
      'empty',
      'easy.yaml',
      'empty/gold.yaml:4:19: error try: Found []; expected a list of at least one value',
    ],
    ['draft', 'wrong.yaml', 'wrong.yaml:1:7: error goal: Found "soon"; expected a goal such as'],
  ])('reports what is wrong with %s and %s', async (draft, goals, error) => {
    const { code, out, err } = await recommend(draft, goals);
    expect([code, out]).toStrictEqual([1, '']);
    expect(err).toContain(error);
    expect(err).toContain('1 problem in 1 of 1 file.');
  });

  test('refuses policies in which nothing is free', async () => {
    expect(await recommend('fixed', 'easy.yaml')).toMatchObject({
      code: 2,
      err: 'escalator: Nothing in fixed is free, so there is nothing to choose. Mark values in a policy, such as after: { try: [0s, 30s, 60s] }; to judge policies as they are, use escalator simulate --goals.\n',
    });
  });

  test('refuses a set to compare with that has no policy or is invalid', async () => {
    expect(await recommend('draft', 'easy.yaml', '--beside', 'bare')).toMatchObject({
      code: 2,
      err: 'escalator: bare has settings and no policy: nothing to compare.\n',
    });
    const { code, out, err } = await recommend('draft', 'easy.yaml', '--beside', 'draft');
    expect([code, out]).toStrictEqual([1, '']);
    expect(err).toContain('draft/gold.yaml:4:12: error draft: This is a draft');
  });

  test('refuses a directory with files before it searches, and keeps them', async () => {
    const { code, err } = await recommend('draft', 'easy.yaml', '-o', 'full');
    expect([code, err]).toStrictEqual([
      2,
      'escalator: full has files. Name an empty directory, or add --force to replace them.\n',
    ]);
    expect(readdirSync(join(files.path, 'full'))).toStrictEqual(['mine.txt']);
  });

  test('needs goals', async () => {
    const { code, err } = await cli(['recommend', 'small.yaml', '--policies', 'draft'], { cwd: files.path });
    expect(code).toBe(2);
    expect(err).toContain("required option '--goals <file>' not specified");
  });

  test.each(['check', 'push'])('%s refuses a draft with a clear word', async (command) => {
    const args =
      command === 'push' ? ['--endpoint-url', 'http://127.0.0.1:1', '--region', 'eu-central-1'] : [];
    const { code, out, err } = await cli([command, 'draft', ...args], { cwd: files.path });
    expect(code).toBe(1);
    expect(out + err).toContain(
      'draft/gold.yaml:4:12: error draft: This is a draft: "try" marks what escalator recommend chooses.',
    );
  });
});
