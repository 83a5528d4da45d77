import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseHTML } from 'linkedom';
import type { SimulationResult } from '../../../sim/simulation/index.ts';
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
  - { tier: other, queue: q, arrivals: { file: calls.csv }, handling: { mean: 4m } }
`;
const ODD = `
name: odd
start: 2026-11-23T08:00:00Z
hours: 1
serviceLevel: 2m
queues: [q]
arrivals: { perHour: 20 }
agents: [{ name: a, count: 3, queues: [{ queue: q }], hours: ["12:00-13:00"] }]
streams: [{ tier: gold, queue: q,
    share: 0.6, handling: { mean: 4m }, patience: { mean: 9m } }]
`;
const calls = Array.from(
  { length: 30 },
  (_, index) => `2026-11-23T08:${String(index + 10).padStart(2, '0')}:00Z,5m\n`,
);
const GOLD = 'match: { tags: { tier: [gold] } }\nsteps: [{ after: 0s, set: { priority: 1 } }]\n';

let files: ReturnType<typeof directoryWith>;
beforeAll(() => {
  files = directoryWith({
    'small.yaml': SCENARIO,
    'calls.csv': calls.join(''),
    'odd.yaml': ODD,
    'broken.yaml': SCENARIO.replace('tier: gold,', 'teir: gold,').replace('hours: 1', 'hours: 0'),
    'mine/gold.yaml': GOLD,
    'misspelt/gold.yaml': GOLD.replace('[gold]', '[glod]'),
    'draft/gold.yaml': GOLD.replace('0s', '2m'),
    'elsewhere/draft/gold.yaml': GOLD,
    'invalid/gold.yaml': 'steps: []\n',
    'settings/settings.yaml': 'pause: true\n',
    'paused/gold.yaml': GOLD,
    'paused/settings.yaml': 'pause: true\n',
    'load/busy-first.yaml': 'match: { signals: [busy] }\nsteps: [{ after: 0s, set: { priority: 1 } }]\n',
    'load/conditions/busy.yaml':
      'channel: VOICE\nwhen: { waiting: [{ numeric: [">", 2] }], agentsAvailable: [0] }\nuntil: { waiting: [0] }\n',
    'hours/load.yaml':
      'during: morning\nmatch: { signals: [busy] }\nsteps: [{ after: 0s, set: { priority: 1 } }]\n',
    'hours/calendars/morning.yaml': 'timezone: UTC\nhours: ["Mon-Sun 08:30-09:00"]\n',
    'hours/conditions/busy.yaml': 'when: { waiting: [{ numeric: [">", 2] }] }\n',
    'elsewhere/load/busy-first.yaml':
      'match: { signals: [busy] }\nsteps: [{ after: 0s, set: { priority: 1 } }]\n',
    'elsewhere/load/conditions/busy.yaml': 'queues: [Billing]\nwhen: { waiting: [{ numeric: [">", 2] }] }\n',
    'due/gold.yaml': 'match: { tags: { tier: [gold] } }\ntarget: 2m\n',
    'due/nobody.yaml': 'match: { tags: { tier: [glod] } }\ntarget: 1m\n',
    'due/watched.yaml': 'mode: observe\ntarget: 1m\n',
    'bin/xdg-open': '#!/bin/sh\nexec /bin/cp "$1" opened.html\n',
    'broken-bin/xdg-open': '#!/bin/sh\nexit 3\n',
  });
  for (const bin of ['bin', 'broken-bin']) chmodSync(join(files.path, bin, 'xdg-open'), 0o755);
});
afterAll(() => files.remove());

const simulate = (args: readonly string[], input: Parameters<typeof cli>[1] = {}) =>
  cli(['simulate', 'small.yaml', '--runs', '2', ...args], { cwd: files.path, ...input });

const setsOf = (out: string) =>
  (JSON.parse(out) as { sets: { name: string; calls: { made: { value: number } } }[] }).sets;

describe('escalator simulate', () => {
  test('compares sets with none, and prints a verdict', async () => {
    const { code, out, err } = await simulate(['--policies', 'mine']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('none (no policies, the baseline)');
    expect(out).toContain('mine (1 policy)');
    expect(out).toMatch(/^Verdict on mine, compared with none:\n {2}\S/m);
  });

  test.each([2, 1])('prints the verdict of the report for %d runs', async (runs) => {
    const args = ['--policies', 'mine', '--runs', String(runs)];
    const { out } = await simulate([...args, '--report', 'same.html']);
    const { document } = parseHTML(readFileSync(join(files.path, 'same.html'), 'utf8'));
    const report = document.querySelector('#verdict')?.textContent ?? '';
    const lines = out
      .slice(out.indexOf('Verdict on'))
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
    const isInReport = (text: string) => report.replaceAll('\u00a0', ' ').includes(text);
    // A key figure has its label, value and interval in three places of the page.
    const partsOf = (line: string) => line.slice(0, -1).split(/(?<=^[^:]+): |, (?=[−+0])/);
    expect(lines.filter((line) => !isInReport(line) && !partsOf(line).every(isInReport))).toEqual([]);
    expect(lines.length).toBeGreaterThan(4);
    expect(out.includes('One run cannot show starvation')).toBe(runs === 1);
    expect(out.includes('No policy set starves a tier.')).toBe(runs === 2);
  });

  test('reports policies that govern no contact, and policies that are paused', async () => {
    const { out } = await simulate(['--policies', 'misspelt', '--policies', 'paused']);
    expect(out).toContain('  The policies of misspelt governed no contacts: ');
    expect(out).toContain('  The policies of paused governed contacts but made no calls: ');
    expect(out).toContain('There is no difference for gold.');
  });

  test('prints the ends of an interval that a limit cuts off', async () => {
    const { out } = await simulate(['--policies', 'mine']);
    expect(out).toMatch(/\d \((\d+(\.\d)?) to (\d+(\.\d)?)\) │/);
  });

  test('prints the same output for the same seed, byte for byte', async () => {
    const first = await simulate(['--policies', 'mine', '--json']);
    const again = await simulate(['--policies', 'mine', '--json'], { now: 1e12 });
    const other = await simulate(['--policies', 'mine', '--json', '--seed', '2']);
    expect(again.out).toBe(first.out);
    expect(other.out).not.toBe(first.out);
  });

  test.each([
    [
      ['--policies', 'mine'],
      ['none', 'mine'],
    ],
    [
      ['--policies', 'mine', '--policies', 'draft'],
      ['none', 'mine', 'draft'],
    ],
    [
      ['--policies', 'mine', '--policies', 'draft', '--baseline', 'draft/'],
      ['draft', 'mine'],
    ],
    [
      ['--policies', 'draft', '--policies', 'elsewhere/draft'],
      ['none', 'draft', 'elsewhere/draft'],
    ],
    [[], ['none']],
  ])('%j simulates %j', async (args, names) => {
    const { out } = await simulate([...args, '--json']);
    expect(setsOf(out).map(({ name }) => name)).toEqual(names);
  });

  test('uses the settings of a directory', async () => {
    const { out } = await simulate(['--policies', 'mine', '--policies', 'paused', '--json']);
    expect(setsOf(out).map(({ calls }) => calls.made.value > 0)).toEqual([false, true, false]);
  });

  test('knows conditions and calendars: policies see them begin and end', async () => {
    const args = ['--policies', 'load', '--policies', 'hours', '--json'];
    const { code, out, err } = await simulate(args);
    expect([code, err]).toEqual([0, '']);
    const { sets } = JSON.parse(out) as SimulationResult;
    const [none, load, hours] = sets;
    expect(none?.conditions).toBeUndefined();
    const [busy] = load?.conditions ?? [];
    expect(busy?.name).toBe('busy');
    expect(busy?.begun.value).toBeGreaterThan(0);
    // It ends with the last waiting contact, long after it began.
    expect(busy?.heldSeconds.value).toBeGreaterThan(120);
    expect(load?.calls.made.value).toBeGreaterThan(0);
    // Outside of the hours of the calendar no call is made, although the condition holds.
    expect(hours?.calls.made.value).toBeGreaterThan(0);
    const minutes = hours?.calls.byMinute.filter(({ peak }) => peak > 0).map(({ minute }) => minute) ?? [];
    expect(Math.min(...minutes)).toBeGreaterThanOrEqual(30);
    expect((await simulate(args)).out).toBe(out);
  });

  test('prints how often a condition began and how long it held', async () => {
    const { out } = await simulate(['--policies', 'load', '--report', 'load.html']);
    expect(out).toMatch(/^Condition busy per run: begins \S.* times, holds for \S.* min\.$/m);
    expect(readFileSync(join(files.path, 'load.html'), 'utf8')).toContain('Conditions of load, per run');
  });

  test('tells the share of each target that was met, as the service level does', async () => {
    const { out } = await simulate(['--policies', 'due', '--json']);
    const [none, due] = (JSON.parse(out) as SimulationResult).sets;
    expect(none?.targets).toBeUndefined();
    const [gold, nobody, ...others] = due?.targets ?? [];
    // The target is the time of the service level, and the policy governs exactly the contacts of the tier.
    const tier = due?.tiers.find((one) => one.tier === 'gold');
    expect(gold).toMatchObject({ policy: 'gold', inTime: tier?.serviceLevel });
    expect(gold?.contacts).toBeGreaterThan(15);
    expect(gold?.contacts).toBeLessThanOrEqual(tier?.contacts ?? 0);
    expect(gold?.inTime.value).toBeLessThan(1);
    expect(nobody).toMatchObject({ policy: 'nobody', contacts: 0 });
    expect(others).toEqual([]);
  });

  test('prints the share of each target that was met', async () => {
    const { out } = await simulate(['--policies', 'due', '--report', 'due.html']);
    expect(out).toMatch(/^Answered within the target of gold: \d.* % of \d+\.$/m);
    expect(out).toContain('Answered within the target of nobody: no contact was governed.');
    expect(readFileSync(join(files.path, 'due.html'), 'utf8')).toContain('Targets of due');
  });

  test('says which queues of a condition the scenario does not have', async () => {
    const { code, err } = await simulate(['--policies', 'elsewhere/load']);
    expect([code, err]).toEqual([
      0,
      'The condition busy names queues that the scenario does not have (Billing): there it never holds. ' +
        'The queues of the scenario are q.\n',
    ]);
  });

  test('--hours replaces the hours of the scenario', async () => {
    const { out } = await simulate(['--hours', '0.5', '--json']);
    expect(JSON.parse(out).scenario.hours).toBe(0.5);
  });

  test('shows the progress on a terminal', async () => {
    const lines: string[] = [];
    let now = 0;
    await simulate(['--policies', 'mine'], {
      now: () => {
        now += 1_000;
        return now;
      },
      status: (text) => lines.push(text),
    });
    expect(lines[0]).toMatch(/^Simulating \[#*\.*\] \d+ %$/);
    expect(lines.at(-1)).toBe('');
  });

  test('reports all problems of a scenario with their lines and columns', async () => {
    const { code, out, err } = await cli(['simulate', 'broken.yaml'], { cwd: files.path });
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('broken.yaml:4:8: error out-of-range: Found 0; expected more than 0.');
    expect(err).toContain('broken.yaml:9:7: error unknown-key: "teir" is not a known key');
    expect(err).toContain('3 problems in 1 of 1 file.');
  });

  test('rejects policies that are not valid', async () => {
    const { code, err } = await simulate(['--policies', 'invalid']);
    expect(code).toBe(1);
    expect(err).toContain('invalid/gold.yaml:1:8: error out-of-range');
  });

  test('checks the path of the report before it simulates', async () => {
    const status: string[] = [];
    let now = 0;
    const { out } = await simulate(['--report', 'nowhere/report.html'], {
      now: () => {
        now += 1_000;
        return now;
      },
      status: (text) => status.push(text),
    });
    expect([out, status]).toEqual(['', []]);
  });

  test.each([[[]], [['--policies', 'none']], [['--policies', 'mine', '--baseline', 'mine']]])(
    '%j has only one set, and the verdict says so',
    async (args) => {
      const { code, out } = await simulate(args);
      expect(code).toBe(0);
      expect(out).toMatch(
        /^Only (none|mine) was simulated, so there is no comparison\. Name another policy set \(--policies DIR\)\.$/m,
      );
    },
  );

  test('simulates a set that is given twice once, and says so', async () => {
    const { code, out, err } = await simulate(['--policies', 'mine', '--policies', './mine', '--json']);
    expect([code, err]).toEqual([
      0,
      '--policies ./mine is given more than once; the set is simulated once.\n',
    ]);
    expect(setsOf(out).map(({ name }) => name)).toEqual(['none', 'mine']);
  });

  test('says which policies ask for something that a simulation does not have', async () => {
    const dir = directoryWith({
      'p/twice.yaml': 'match: { recentContacts: [2] }\ntarget: 5m\n',
      'p/skips.yaml':
        'skipUnstaffed: true\nsteps: [{ after: 1m, set: { route: ["Language:French >= 1 for 1m"] } }]\n',
      'odd.yaml': readFileSync(join(files.path, 'odd.yaml'), 'utf8'),
    });
    const args = ['simulate', 'odd.yaml', '--policies', 'p', '--baseline', 'p', '--runs', '2'];
    const { err } = await cli(args, { cwd: dir.path });
    dir.remove();
    expect(err.split('\n').filter((line) => line.startsWith('The policy'))).toEqual([
      'The policy skips has skipUnstaffed, but a simulation leaves out no step of a route.',
      'The policy twice asks for recentContacts, which no contact of a simulation has.',
    ]);
  });

  test('says which agents of a policy the scenario does not have', async () => {
    const [known, missing] = ['11111111-2222-3333-4444-000000000001', '11111111-2222-3333-4444-000000000002'];
    const dir = directoryWith({
      'p/agents.yaml': `steps:
  - after: 1m
    set: { route: ["agents ${known}, ${missing} for 1m", "agents {tags.agent} for 1m"] }
`,
      'team.yaml': `name: team
start: 2026-11-23T08:00:00+01:00
hours: 1
serviceLevel: 60s
queues: [q]
agents: [{ name: a, count: 2, ids: ["${known}"], queues: [{ queue: q }] }]
streams: [{ tier: gold, queue: q, arrivals: { perHour: 20 }, handling: { mean: 4m } }]
`,
    });
    const { code, err } = await cli(['simulate', 'team.yaml', '--policies', 'p', '--runs', '2'], {
      cwd: dir.path,
    });
    dir.remove();
    expect([code, err]).toEqual([
      0,
      `The policy agents names agents that the scenario does not have (${missing}): its contacts wait for them until the step expires. Give these ids to agents of the scenario (ids).\n`,
    ]);
  });

  test('warns about missing agents and about shares that do not sum to 1, and simulates', async () => {
    const { code, out, err } = await cli(['simulate', 'odd.yaml', '--runs', '2'], { cwd: files.path });
    expect(code).toBe(0);
    expect(out).toContain('odd');
    expect(err).toContain('odd.yaml:9:32: warning no-agents: No agent is on shift for VOICE contacts');
    expect(err).toContain(
      'odd.yaml:10:12: warning shares: The shares of the streams sum to 0.6 instead of 1',
    );
  });

  test.each([
    [['--policies', 'nowhere'], 'nowhere does not exist.'],
    [['--policies', 'settings'], 'settings has settings and no policy'],
    [
      ['--report', 'nowhere/report.html'],
      'The directory nowhere does not exist: create it, or choose another.',
    ],
    [['--report', 'mine'], 'mine is a directory: write --report mine/report.html.'],
    [['--report', '/'], '/ is a directory: write --report /report.html.'],
    [['--runs', '0'], 'Expected a whole number from 1 to 10000.'],
    [['--hours', 'x'], 'Expected a number of hours'],
  ])('%j is a usage error', async (args, message) => {
    const { code, err } = await simulate(args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test('writes the report', async () => {
    const { err } = await simulate(['--policies', 'mine', '--report', 'report.html']);
    expect(err).toBe('Report: report.html\n');
    expect(readFileSync(join(files.path, 'report.html'), 'utf8')).toMatch(/^<!doctype html>/i);
  });

  // Other platforms have openers that a test cannot replace by PATH.
  const onLinux = process.platform === 'linux' ? test : test.skip;

  onLinux('opens the report', async () => {
    const { code, err } = await simulate(['--report', 'report.html', '--open'], {
      env: { PATH: join(files.path, 'bin') },
    });
    expect([code, err]).toEqual([0, 'Report: report.html\n']);
    const [written, opened] = ['report.html', 'opened.html'].map((file) =>
      readFileSync(join(files.path, file), 'utf8'),
    );
    expect(opened).toBe(written);
  });

  onLinux.each(['broken-bin', 'no-bin'])(
    'prints the path of the report when it cannot be opened (%s)',
    async (bin) => {
      const { code, err } = await simulate(['--open'], { env: { PATH: join(files.path, bin) } });
      expect(code).toBe(0);
      const [, path = ''] =
        /^Report: (.*)\nCould not open the report: open it in a browser\.\n$/.exec(err) ?? [];
      expect(existsSync(path)).toBe(true);
    },
  );
});
