import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseHTML } from 'linkedom';
import { scenarioDigest } from '../../cli/backtest/result-file.ts';
import type { BackTestResult } from '../../sim/backtest/result.ts';
import { HELD_OUT_FROM, KNOWN, KNOWN_TEXT, recordHeldOut } from '../sim/backtest/known-centre.ts';
import { linesOf } from './replay/fixture.ts';
import { cli, directoryWith } from './support/run-cli.ts';

const HELD_OUT = new Date(HELD_OUT_FROM).toISOString();

let files: ReturnType<typeof directoryWith>;
/** What is recommended with all agents. */
let asItIs: string;

beforeAll(() => {
  const friday = recordHeldOut();
  const isEarly = (event: object) => 'time' in event && String(event.time) < '2026-11-27T09:00:00Z';
  files = directoryWith({
    'friday.jsonl': linesOf(...friday),
    // Two hours, for what needs no verdict.
    'morning.jsonl': linesOf(...friday.filter(isEarly)),
    'halved.jsonl': linesOf(...recordHeldOut(0.5)),
    'centre.yaml': `${KNOWN_TEXT}fitted: { from: 2026-11-23T07:00:00Z, to: 2026-11-26T17:00:00Z, timezone: Europe/Berlin }\n`,
    // Fitted to the first hour and a half of the day, too.
    'late.yaml': `${KNOWN_TEXT}fitted: { from: 2026-11-23T07:00:00Z, to: 2026-11-27T08:30:00Z, timezone: Europe/Berlin }\n`,
    'misspelt.yaml': 'name: x\n',
    'policies/gold.yaml':
      'match: { tags: { tier: [gold] } }\nsteps: [{ after: 30s, set: { priority: 1 } }]\n',
    'invalid/gold.yaml': 'steps: [{ aftr: 0s, set: { priority: 1 } }]\n',
    'draft/gold.yaml':
      'match: { tags: { tier: [gold] } }\nsteps: [{ after: { try: [0s, never] }, set: { priority: 1 } }]\n',
    'goals.yaml': 'gold: 1 % within 10m\n',
    'other.yaml': `
name: Other
start: 2026-11-23T00:00:00+01:00
hours: 24
serviceLevel: 60s
queues: [service]
agents: [{ name: a, count: 1, queues: [{ queue: service }] }]
streams: [{ tier: gold, queue: service, arrivals: { perHour: 1 }, handling: { mean: 1m } }]
`,
  });
});
afterAll(() => files.remove());

const run = (...args: string[]) => cli(args, { cwd: files.path });
const backtest = (scenario: string, recording: string, ...args: string[]) =>
  run('backtest', scenario, recording, '--runs', '20', '--cores', '1', ...args);
const recommend = (...args: string[]) =>
  run(
    ...['recommend', 'centre.yaml', '--policies', 'draft', '--goals', 'goals.yaml'],
    ...['--budget', '1s', '--cores', '1', '--hours', '8.5', ...args],
  );
const read = (name: string) => readFileSync(join(files.path, name), 'utf8');
const write = (name: string, text: string) => writeFileSync(join(files.path, name), text);
const resultIn = (name: string) => JSON.parse(read(name)) as BackTestResult;

describe('escalator backtest', () => {
  test('trusts the scenario of a known centre, and lets recommend use it', async () => {
    const refused = await recommend();
    expect([refused.code, refused.out]).toStrictEqual([2, '']);
    expect(refused.err).toBe(
      'escalator: Nothing shows that centre.yaml is like your centre: it has no back-test (centre.backtest.json). Run escalator ' +
        'backtest centre.yaml RECORDING, with days that it was not fitted to; or add --without-backtest to take it as it is, such as ' +
        'that of a centre that does not exist yet.\n',
    );

    const { code, out, err } = await backtest('centre.yaml', 'friday.jsonl', '--report', 'report.html');
    expect(err).toBe('Back-test: centre.backtest.json\nReport: report.html\n');
    expect(out).toMatch(
      /^Known: \d+ contacts from 2026-11-27T08:00 to 2026-11-27T18:00 by the clock of the scenario, 20 runs \(seed 1\), policies: none\.\n/,
    );
    expect(out).toMatch(
      /^Trusted.*: \d+ of \d+ figures of half hours \(\d+ %\) lie within their bands, of which 80 % must; the bias is \d+ %, at most 10 %\.$/m,
    );
    expect(code).toBe(0);
    const result = resultIn('centre.backtest.json');
    expect(result).toMatchObject({
      version: 1,
      verdict: 'trusted',
      reasons: [],
      recordings: ['friday.jsonl'],
      from: '2026-11-27T08:00:00+01:00',
      to: '2026-11-27T18:00:00+01:00',
      policies: 'none',
      runs: 20,
      seed: 1,
    });
    expect(result.cells[0]?.figures.meanWait?.observed).toBeGreaterThan(0);

    const { document } = parseHTML(read('report.html'));
    expect(document.querySelector('#verdict')?.textContent).toContain('The scenario is trusted');
    expect(document.querySelectorAll('.tier')).toHaveLength(2);
    expect(document.querySelectorAll('.tier .band')).toHaveLength(2 * 4);

    const recommended = await recommend('--json');
    expect(recommended.code).toBe(0);
    expect(recommended.err).toBe('');
    asItIs = recommended.out;
  });

  test('takes the agents of a back-test for a recommendation, and says so', async () => {
    const known = { ...resultIn('centre.backtest.json'), agents: 0.9 };
    write('centre.backtest.json', JSON.stringify(known));
    const { code, out, err } = await recommend('--json');
    expect([code, err]).toStrictEqual([0, 'As in its back-test, centre.yaml has 90 % of its agents.\n']);
    expect(out).not.toBe(asItIs);
  });

  test('judges by what came after the days to which the scenario was fitted, and says so', async () => {
    const args = ['--no-output', '--no-adjust-agents', '--json'];
    const { out, err } = await backtest('late.yaml', 'morning.jsonl', ...args);
    expect(err).toBe(
      'Judged by the contacts after 2026-11-27T08:30:00Z: the scenario was fitted to 2026-11-23T07:00:00Z to 2026-11-27T08:30:00Z.\n',
    );
    expect((JSON.parse(out) as BackTestResult).from).toBe('2026-11-27T09:30:00+01:00');
  });

  test('prints the same on any number of cores, and writes nothing where it is asked not to', async () => {
    const first = await backtest(
      'centre.yaml',
      'morning.jsonl',
      '--json',
      '--no-output',
      '--no-adjust-agents',
    );
    const again = await run(
      ...['backtest', 'centre.yaml', 'morning.jsonl', '--runs', '20', '--cores', '2', '--json'],
      ...['-o', 'elsewhere.json', '--no-adjust-agents'],
    );
    expect(again.out).toBe(first.out);
    expect(read('elsewhere.json')).toBe(first.out);
    expect((JSON.parse(first.out) as BackTestResult).agents).toBe(1);
  });

  test('says why a scenario is not like a day with half of the agents, and recommend refuses it', async () => {
    const { code, out } = await backtest(
      'centre.yaml',
      'halved.jsonl',
      '--report',
      'halved.html',
      '--no-adjust-agents',
    );
    expect(code).toBe(1);
    expect(out).toMatch(/^Not calibrated:\n- Only \d+ of \d+ figures \(\d+ %\) lie within their bands/m);
    expect(out).toMatch(/^- Were fewer agents at work than the scenario says\?/m);
    const { document } = parseHTML(read('halved.html'));
    expect(document.querySelector('#verdict')?.textContent).toContain('The scenario is not calibrated');
    expect(document.querySelectorAll('.outside circle').length).toBeGreaterThan(0);
    const refused = await recommend();
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(
      'centre.yaml is not trusted: its back-test says "not calibrated", and centre.backtest.json why.',
    );
  });

  test('of another scenario counts for nothing', async () => {
    const result = { ...resultIn('centre.backtest.json'), verdict: 'trusted', agents: 1 };
    write('centre.backtest.json', JSON.stringify(result));
    const text = read('centre.yaml');
    // A comment and a name change nothing.
    write('centre.yaml', `# mine\n${text.replace('name: Known', 'name: Ours')}`);
    expect((await recommend()).code).toBe(0);
    write('centre.yaml', text.replace('afterContactWork: 20s', 'afterContactWork: 21s'));
    expect((await recommend()).err).toContain(
      'centre.yaml was changed since its back-test (centre.backtest.json).',
    );
    write('centre.yaml', text);
    for (const wrong of ['{', '{"version":2}', JSON.stringify({ ...result, agents: 3 })]) {
      write('centre.backtest.json', wrong);
      expect((await recommend()).err).toContain('centre.backtest.json is no result of escalator backtest.');
    }
  });

  test('counts the policies that were in force', async () => {
    const args = ['--policies', 'policies', '--no-output', '--json', '--no-adjust-agents'];
    const result = JSON.parse(
      (await backtest('centre.yaml', 'morning.jsonl', ...args)).out,
    ) as BackTestResult;
    expect(result.policies).toBe('policies');
    const none = resultIn('elsewhere.json');
    const waitOf = ({ tiers }: BackTestResult) =>
      tiers.find(({ tier }) => tier === 'gold')?.figures.meanWait?.simulated ?? 0;
    expect(waitOf(result)).toBeLessThan(0.95 * waitOf(none));
  });

  test.each<[args: string[], error: string]>([
    [['centre.yaml', 'morning.jsonl', '--runs', '19'], 'Expected a whole number from 20 to 10000.'],
    [['centre.yaml', 'nowhere.jsonl'], 'nowhere.jsonl does not exist'],
    [['centre.yaml', 'morning.jsonl', '--from', HELD_OUT, '--to', HELD_OUT], '--from must be before --to.'],
    [
      ['late.yaml', 'morning.jsonl', '--from', '2026-11-27T08:00:00Z'],
      'and would be judged by the same days, which shows nothing. Judge by others: --from 2026-11-27T08:30:00Z,',
    ],
    [['late.yaml', 'morning.jsonl', '--to', '2026-11-27T08:00:00Z'], 'would be judged by the same days'],
    [
      ['centre.yaml', 'morning.jsonl', '--from', '2026-11-27T10:30:00Z'],
      'No contact with a known wait is in the time to judge by',
    ],
    [['centre.yaml', 'morning.jsonl', '--from', '2026-12-27T20:00:00Z'], 'no contact event to judge by'],
    [['centre.yaml', 'morning.jsonl', '--report', 'no/r.html'], 'The directory no does not exist'],
    [['centre.yaml', 'morning.jsonl', '-o', 'no/r.json'], 'The directory no does not exist'],
    [
      ['other.yaml', 'morning.jsonl'],
      'whose queues are service. The contacts waited in support (VOICE), billing (VOICE): write these ids as queues',
    ],
  ])('%j is a usage error', async (args, error) => {
    const { code, out, err } = await run('backtest', ...args);
    expect([code, out]).toStrictEqual([2, '']);
    expect(err).toContain(error);
  });

  test.each([
    [['misspelt.yaml', 'friday.jsonl'], 'misspelt.yaml'],
    [['centre.yaml', 'friday.jsonl', '--policies', 'invalid'], 'invalid/gold.yaml:1:11: error unknown-key'],
  ])('reports what is invalid in %j', async (args, error) => {
    const { code, err } = await run('backtest', ...args);
    expect(code).toBe(1);
    expect(err).toContain(error);
    expect(existsSync(join(files.path, 'misspelt.backtest.json'))).toBe(false);
  });
});

test('the digest of a scenario is that of its meaning', () => {
  const digest = scenarioDigest(KNOWN);
  expect(digest).toMatch(/^[0-9a-f]{32}$/);
  expect(scenarioDigest({ ...KNOWN, name: 'Other', description: 'x', hours: 1 })).toBe(digest);
  expect(scenarioDigest({ ...KNOWN, serviceLevelSeconds: 61 })).not.toBe(digest);
  expect(scenarioDigest({ ...KNOWN, agents: KNOWN.agents.slice(1) })).not.toBe(digest);
});
