import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
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
    expect([problems, warnings]).toEqual([[], []]);
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
