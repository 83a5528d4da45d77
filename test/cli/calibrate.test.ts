import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseHTML } from 'linkedom';
import { parseScenario } from '../../sim/scenario/index.ts';
import { cli, directoryWith } from './support/run-cli.ts';

const ROOT = join(import.meta.dirname, '../..');

let files: ReturnType<typeof directoryWith>;

beforeAll(() => {
  files = directoryWith({
    'mine.yaml': 'kept',
    'gold.yaml':
      'match: { tags: { tier: [gold], place: [x] } }\nsteps: [{ after: 0s, set: { priority: 1 } }]\n',
    'invalid/gold.yaml': 'match: { tags: { tier: [gold] } }\nsteps: [{ aftr: 0s, set: { priority: 1 } }]\n',
    'roster.csv': 'day,from,to,queues,agents\nmon,09:00,10:00,support billing,7\n',
    'misspelt.csv': 'day,from,to,queues,agents\nmon,09:00,10:00,suport,7\n',
    'bad.csv': 'day,from,to,queues,agents\nmon,09:00,10:00,support,many\nmo,09:00,10:00,support,1\n',
    'few.jsonl': '{"eventType":"QUEUED","contactId":"c-1"}\n',
  });
  cpSync(join(ROOT, 'scenarios/recordings'), join(files.path, 'recordings'), { recursive: true });
});
afterAll(() => files.remove());

const calibrate = (...args: string[]) =>
  cli(['calibrate', 'recordings', '--timezone', 'Europe/Berlin', ...args], { cwd: files.path });

const parsed = (text: string) => parseScenario(text, () => '');

describe('escalator calibrate', () => {
  test('prints a scenario without problems, with the tiers, queues and agents of the recording', async () => {
    const { code, out } = await calibrate();
    expect(code).toBe(0);
    const { scenario, problems, warnings } = parsed(out);
    expect(problems).toEqual([]);
    // No agent is seen after the end of the recording.
    expect(new Set(warnings.map(({ code }) => code))).toEqual(new Set(['agents-leave']));
    expect(scenario?.tiers).toEqual(['silver', 'gold', 'chat']);
    expect(scenario?.queues.map(({ id }) => id)).toEqual(['billing', 'support']);
    expect(scenario?.agents.reduce((sum, { count }) => sum + count, 0)).toBe(5);
    expect(scenario?.streams[0]?.contact.tags).toEqual({ tier: 'silver' });
    expect(scenario?.streams[0]?.transfers).toMatchObject([{ queueId: 'billing' }]);
    // Five agents with ten seconds after each contact, in a recording of 9:00 to 9:51.
    expect(scenario).toMatchObject({
      afterContactWorkMs: 10_000,
      startsAtLocal: '2026-11-23T09:00:00+01:00',
      hours: 1,
      // The whole seconds around all events.
      fitted: {
        from: Date.parse('2026-11-23T08:00:19Z'),
        to: Date.parse('2026-11-23T08:51:05Z'),
        timezone: 'Europe/Berlin',
      },
    });
  });

  test('an invalid policy has the exit code of check, as for replay', async () => {
    const { code, out, err } = await calibrate('--policies', 'invalid');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('invalid/gold.yaml:2:11: error unknown-key: "aftr" is not a known key;');
  });

  test('writes it to a file, says what it fitted, and keeps a file that exists', async () => {
    const { code, out, err } = await calibrate('-o', 'new.yaml');
    expect([code, err]).toEqual([0, 'Scenario: new.yaml\n']);
    expect(out).toContain('84 contacts from 2026-11-23T08:00:19.357Z');
    expect(out).toContain('Before you trust it:');
    expect(parsed(readFileSync(join(files.path, 'new.yaml'), 'utf8')).problems).toEqual([]);
    const kept = await calibrate('-o', 'mine.yaml');
    expect([kept.code, kept.err]).toEqual([2, expect.stringContaining('mine.yaml exists. Add --force')]);
    expect(readFileSync(join(files.path, 'mine.yaml'), 'utf8')).toBe('kept');
    expect((await calibrate('-o', 'mine.yaml', '--force')).code).toBe(0);
    expect(readFileSync(join(files.path, 'mine.yaml'), 'utf8')).toContain(
      'name: "Calibrated from recordings/',
    );
  });

  test('takes agents from a roster, and says which agents it leaves out', async () => {
    const { code, out, err } = await calibrate('-o', 'roster.yaml', '--roster', 'roster.csv');
    expect([code, err]).toEqual([0, 'Scenario: roster.yaml\n']);
    expect(out).toContain('- The roster says how many agents are on shift');
    expect(out).toContain('- The roster has nobody for exactly support, which ');
    const text = readFileSync(join(files.path, 'roster.yaml'), 'utf8');
    expect(text).toContain('# Agents of the roster for billing, support (CHAT, VOICE): at most 7.');
    const { scenario, problems } = parsed(text);
    expect(problems).toEqual([]);
    expect(scenario?.agents).toMatchObject([{ count: 7 }]);
    expect(scenario?.agents[0]?.hours).toEqual([{ fromMs: 9 * 3_600_000, toMs: 10 * 3_600_000, breaks: [] }]);
  });

  test('writes a report with each fit over its data', async () => {
    const args = ['--report', 'fit.html', '--roster', 'roster.csv'];
    const { code, err } = await calibrate(...args);
    expect([code, err]).toEqual([0, 'Report: fit.html\n']);
    const html = readFileSync(join(files.path, 'fit.html'), 'utf8');
    const { document } = parseHTML(html);
    expect(
      [...document.querySelectorAll('.stream h3')].map(({ firstChild }) => firstChild?.textContent),
    ).toEqual(['silver', 'gold', 'chat']);
    const silver = document.querySelector('.stream');
    expect(silver?.querySelectorAll('svg.chart')).toHaveLength(3);
    for (const part of ['.data', '.fit', '.beyond', '.interval', '.longest']) {
      expect(silver?.querySelector(part)).not.toBeNull();
    }
    // Too few of gold abandoned for a fit.
    const gold = document.querySelectorAll('.stream')[1];
    expect(gold?.querySelector('.beyond')).toBeNull();
    expect(gold?.textContent).toContain('too few for a fit');
    expect(document.querySelector('#doubts')?.textContent).toContain('The roster says');
    await calibrate(...args);
    expect(readFileSync(join(files.path, 'fit.html'), 'utf8')).toBe(html);
  });

  test('takes the tiers from a tag, or from those that policies name, and says which no contact has', async () => {
    const { out, err } = await calibrate('--tier', 'tags.aws:connect:instanceId');
    expect(err).toBe('');
    expect(parsed(out).scenario?.tiers).toEqual(['11111111-2222-3333-4444-555555555555']);
    const ofPolicies = await calibrate('--policies', 'gold.yaml');
    expect(ofPolicies.err).toContain(
      'No contact has the tag place. Their tags are aws:connect:instanceId, tier.',
    );
    expect(parsed(ofPolicies.out).scenario?.tiers).toEqual(['silver', 'gold', 'chat']);
  });

  test.each([
    [['--service-level', '0s'], 'Expected a duration of at least 1s'],
    [['--timezone', 'Berlin'], 'Expected a time zone'],
    [['--from', '2026-11-24T00:00:00Z', '--to', '2026-11-23T00:00:00Z'], '--from must be before --to.'],
    [['--from', '2026-11-24T00:00:00Z'], 'no contact event to calibrate from'],
    [['--to', '2026-11-23T08:01:00Z'], 'no stream has the 10 that a fit needs'],
    [['--report', 'nowhere/fit.html'], 'The directory nowhere does not exist'],
    [['--roster', 'nowhere.csv'], 'nowhere.csv does not exist.'],
    [
      ['--roster', 'misspelt.csv'],
      'The roster names queues in which no contact waited (suport). Those of the recording are billing, support.',
    ],
    [
      ['--roster', 'bad.csv'],
      'bad.csv, line 2: Found "many" agents; expected a number from 0 on.\nbad.csv, line 3: Found the day "mo"',
    ],
    [['--output', 'nowhere/new.yaml'], 'nowhere/new.yaml does not exist'],
  ])('%j is a usage error', async (args, message) => {
    const { code, out, err } = await calibrate(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  test('says what is wrong with a recording', async () => {
    const { code, err } = await cli(['calibrate', 'few.jsonl'], { cwd: files.path });
    expect(code).toBe(2);
    expect(err).toContain('few.jsonl has no contact event to calibrate from');
    expect(err).toContain('detail.instanceArn');
  });
});
