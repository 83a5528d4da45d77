import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { UsageError } from '../../../cli/errors.ts';
import { type DemoSetup, readSetup, type SetupOptions } from '../../../local/demo/demo-setup.ts';
import { formatStart } from '../../../local/demo/format.ts';
import { probeContact } from '../../../local/demo/latency-probe.ts';

const ROOT = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'demo-setup-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SCENARIO = {
  name: 'Small',
  start: '2026-11-23T08:00:00+01:00',
  hours: 2,
  serviceLevel: '20s',
  queues: ['q'],
  agents: [{ name: 'a', count: 2, queues: [{ queue: 'q' }] }],
  streams: [
    { tier: 'gold', queue: 'q', tags: { tier: 'gold' }, arrivals: { perHour: 10 }, handling: { mean: '4m' } },
  ],
};
const POLICY = { match: { tags: { tier: ['gold'] } }, steps: [{ after: '0s', set: { priority: 2 } }] };

/** Writes files, and returns the path of their folder. */
function files(name: string, contents: Readonly<Record<string, object | string>>): string {
  for (const [path, content] of Object.entries(contents)) {
    const file = join(folder, name, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : stringify(content));
  }
  return join(folder, name);
}

const scenarioFile = (name: string, more: object = {}) =>
  join(files(name, { 'scenario.yaml': { ...SCENARIO, ...more } }), 'scenario.yaml');

/** What is read, and what is printed. */
async function read(options: Partial<SetupOptions>): Promise<{ setup: DemoSetup | undefined; text: string }> {
  let text = '';
  const io = {
    cwd: ROOT,
    err: (more: string) => {
      text += more;
    },
  };
  const setup = await readSetup({ minutes: 10, seed: 1, ...options }, io);
  return { setup, text };
}

const POLICIES = files('policies', { 'gold.yaml': POLICY });

describe('policies and a scenario of one’s own', () => {
  test('are what runs, with the settings of the scenario', async () => {
    const scenario = scenarioFile('own', { settings: { updateRate: 5 } });
    const { setup, text } = await read({ policies: POLICIES, scenario });
    expect(text).toMatch(/gold\.yaml:\d+:\d+: warning may-starve: /);
    expect(setup?.scenario.name).toBe('Small');
    expect(setup?.hasAngryCustomers).toBe(false);
    expect(setup?.policies.configuration.policies.policies.map(({ name }) => name)).toEqual(['gold']);
    expect(setup?.policies.configuration.settings.updateRate).toBe(5);
    expect(setup?.policies.sources.map(({ name }) => name)).toEqual(['settings', 'gold']);
  });

  test('have settings of their own, without the instances of a deployment', async () => {
    const policies = files('with-settings', {
      'gold.yaml': POLICY,
      'settings.yaml': { updateRate: 3, instances: ['other'] },
    });
    const { setup, text } = await read({
      policies,
      scenario: scenarioFile('settings', { settings: { updateRate: 5 } }),
    });
    expect(text).toContain('names instances: they are left out');
    expect(setup?.policies.configuration.settings).toMatchObject({ updateRate: 3 });
    expect(setup?.policies.configuration.settings.instances).toBeUndefined();
    expect(setup?.policies.sources.find(({ name }) => name === 'settings')?.text).not.toContain('instances');
  });

  test('of the example scenarios run with the example policies, each in its busiest ten minutes', async () => {
    const { setup, text } = await read({ scenario: 'scenarios/monday-morning.yaml' });
    expect(text).toBe('');
    expect(setup?.isBusiest).toBe(true);
    // Too few agents from nine to eleven, and some of them have a break from half past ten on.
    expect(setup && formatStart(setup, { seed: 1, speed: 12 })).toMatch(
      /^Simulating Monday morning from 10:\d\d to 10:\d\d, when most contacts wait if there are no policies /,
    );
  });

  test('run from the given time on', async () => {
    const { setup } = await read({ scenario: scenarioFile('from'), from: 9 * 3_600_000, minutes: 5 });
    expect(setup?.window).toEqual({
      startsAt: Date.parse('2026-11-23T09:00:00+01:00'),
      endsAt: Date.parse('2026-11-23T09:05:00+01:00'),
    });
    expect(setup && formatStart(setup, { seed: 3, speed: 4 })).toBe(
      'Simulating Small from 09:00 to 09:05: 4 times real time, seed 3 ...\n',
    );
  });
});

describe('what the demo leaves out of a scenario', () => {
  test('is said: conditions of queues that are not there, and counts of earlier contacts', async () => {
    const policies = files('noted', {
      'busy.yaml': { ...POLICY, match: { signals: ['busy', 'elsewhere'] } },
      'again.yaml': { ...POLICY, precedence: 7, match: { recentContacts: [{ numeric: ['>', 1] }] } },
      'conditions/busy.yaml': { queues: ['service'], when: { waiting: [{ numeric: ['>', 5] }] } },
      'conditions/elsewhere.yaml': {
        queues: ['arn:aws:connect:eu-central-1:123456789012:instance/other/queue/q'],
        when: { waiting: [{ numeric: ['>', 5] }] },
      },
    });
    const { text } = await read({ policies, scenario: scenarioFile('notes') });
    expect(text).toContain('The condition busy names queues that the scenario does not have (service)');
    expect(text).toContain('The condition elsewhere names queues of another instance');
    expect(text).toContain('Policies ask for recentContacts, which no contact of a scenario has.');
  });
});

describe('what cannot run', () => {
  test('a scenario with problems is refused with their places, as escalator simulate does', async () => {
    const scenario = scenarioFile('bad', { hours: 'two' });
    const { setup, text } = await read({ scenario });
    expect(setup).toBeUndefined();
    expect(text).toMatch(/scenario\.yaml:3:8: error wrong-type: /);
    expect(text).toMatch(/1 problem in 1 of 1 file\.\n$/);
  });

  test('policies with problems are refused with their places, as escalator check does', async () => {
    const policies = files('refused', { 'gold.yaml': { ...POLICY, stepz: [] } });
    const { setup, text } = await read({ policies });
    expect(setup).toBeUndefined();
    expect(text).toMatch(/gold\.yaml:\d+:\d+: error unknown-key: /);
    expect(text).toMatch(/1 problem in 1 of 1 file\.\n$/);
  });

  test.each<[string, Partial<SetupOptions>, string]>([
    ['a directory that does not exist', { policies: 'nowhere' }, 'nowhere does not exist.'],
    ['a scenario that does not exist', { scenario: 'nowhere.yaml' }, 'nowhere.yaml does not exist.'],
    [
      'settings without a policy',
      { policies: files('settings-only', { 'settings.yaml': { updateRate: 3 } }) },
      'has settings and no policy: nothing to simulate.',
    ],
    [
      'a queue that npm start keeps',
      {
        scenario: scenarioFile('quiet', {
          queues: ['q', 'quiet'],
        }),
      },
      'The scenario has a queue quiet, which npm start keeps for contacts that you add: choose another name.',
    ],
    [
      'a queue whose name cannot be an id',
      { scenario: scenarioFile('spaced', { queues: ['q', 'first line'] }) },
      'The queue "first line" of the scenario cannot be the id of a queue in Connect',
    ],
    [
      'a time outside the scenario',
      { scenario: scenarioFile('outside'), from: 0 },
      '--from 00:00 is not within',
    ],
  ])('%s', async (_name, options, message) => {
    await expect(read(options)).rejects.toThrow(UsageError);
    await expect(read(options)).rejects.toThrow(message);
  });
});

describe('the contact whose latency is measured', () => {
  test.each<[string, object, boolean]>([
    ['gets a change as soon as it waits', POLICY, true],
    [
      'is missing where the first change comes later',
      { ...POLICY, steps: [{ after: '5s', set: { priority: 2 } }] },
      false,
    ],
    ['is missing where the policy is for one queue', { ...POLICY, match: { queue: { name: ['q'] } } }, false],
    ['is missing where not all of them are governed', { ...POLICY, rollout: 50 }, false],
  ])('%s', async (name, policy, isThere) => {
    const policies = files(`probe-${name}`, { 'one.yaml': policy });
    const { setup } = await read({ policies, scenario: scenarioFile('probe') });
    if (!setup) throw new TypeError('The setup has problems.');
    const contact = probeContact(setup.scenario, setup.policies.configuration, 1_000);
    expect(contact !== undefined).toBe(isThere);
    if (contact) expect(contact).toMatchObject({ queueId: 'quiet', tags: { tier: 'gold' } });
  });
});
