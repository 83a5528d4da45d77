import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ContactsTable } from '../../../lambda/aws/contacts-table.ts';
import type { ContactFacts } from '../../../lambda/domain/contact/facts.ts';
import { queuedContact, saveAt } from '../../support/contacts.ts';
import { NOW, startDeployedSystem } from '../doctor/deployed-system.ts';
import { cli, directoryWith } from '../support/run-cli.ts';

const INSTANCE_ID = '11111111-2222-3333-4444-555555555555';
const QUEUE = `arn:aws:connect:eu-central-1:123456789012:instance/${INSTANCE_ID}/queue/billing`;

const GOLD = `precedence: 10
match: { tags: { tier: [gold] } }
steps:
  - { after: 0s, set: { priority: 3 } }
  - { after: 2m, set: { priority: 1 } }
`;
const REST = 'precedence: 900\nsteps: [{ after: 5m, set: { priority: 2 } }]\n';
const HOURS = 'timezone: Europe/Berlin\nhours: ["Mon-Fri 08:00-18:00"]\n';

let system: Awaited<ReturnType<typeof startDeployedSystem>>;
let files: ReturnType<typeof directoryWith>;

beforeAll(async () => {
  system = await startDeployedSystem();
  await system.put('policies/gold', GOLD);
  await system.put('policies/rest', REST);
  await system.put('calendars/office', HOURS);
  await system.compile();
  const client = new DynamoDBClient(system.clientConfig);
  const table = new ContactsTable(client, 'Contacts');
  const save = async (contactId: string, tier: string, waitedSeconds: number) => {
    const key = { instanceId: INSTANCE_ID, contactId };
    const enqueuedAt = NOW - waitedSeconds * 1_000;
    const facts: Partial<ContactFacts> = {
      ...key,
      queue: { arn: QUEUE, enqueuedAt },
      firstEnqueuedAt: enqueuedAt,
      tags: { at: enqueuedAt, value: { tier } },
    };
    await saveAt(table, { ...queuedContact(facts), ...key }, 0, NOW);
  };
  for (const id of ['g1', 'g2', 'g3']) await save(id, 'gold', 90);
  await save('g4', 'gold', 10);
  for (const id of ['b1', 'b2']) await save(id, 'basic', 10);
  client.destroy();
});
afterAll(() => system.stop());
beforeEach(() => {
  files = directoryWith({
    'mine/gold.yaml': GOLD,
    'mine/rest.yaml': REST,
    'mine/calendars/office.yaml': HOURS,
  });
});
afterEach(() => files.remove());

const run = (...args: string[]) => cli([...args, ...system.where], { now: NOW, cwd: files.path });
const write = (name: string, text: string) => writeFileSync(join(files.path, name), text);

describe('plan', () => {
  test('says that nothing would be written, also where only the directory it runs in is meant', async () => {
    const { code, out, err } = await cli(['plan', ...system.where], {
      now: NOW,
      cwd: join(files.path, 'mine'),
    });
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toContain('Target: /connect-escalator in account 123456789012, Region eu-central-1.');
    expect(err).toContain('A push would write nothing.');
  });

  test('says what changes, for which contacts, and what that costs, and writes nothing', async () => {
    write('mine/gold.yaml', GOLD.replace('after: 2m', 'after: 1m'));
    write('mine/calendars/office.yaml', HOURS.replace('18:00', '17:00'));
    const { code, out, err } = await run('plan', 'mine');
    expect(out).toBe(`change calendars/office, version 1:
  hours "Mon-Fri 08:00-17:00", was "Mon-Fri 08:00-18:00"

change policies/gold, version 1:
  step 2 at 1m, was 2m

Contacts that wait now: 4 of 6 change.
  3 of gold: priority 5 rises to 1 at once
  1 of gold: what changes next comes sooner
  The routing of 3 of them is not known: Connect's defaults are assumed.
Load on the quota: 3 calls at once at 18/s: less than 1s.
To say this took 2 read requests to the contacts table. Nothing was written.
`);
    expect(err).toContain('Plan: 0 parameters to create, 2 to change, 0 to delete.');
    expect(code).toBe(1);
    expect(await system.get('policies/gold')).toBe(GOLD);
  });

  test('says which policy loses contacts to which', async () => {
    write(
      'mine/vip.yaml',
      'precedence: 5\nmatch: { tags: { tier: [gold] } }\nsteps: [{ after: 0s, set: { priority: 1 } }]\n',
    );
    const { out } = await run('plan', 'mine');
    expect(out).toContain(
      'new policies/vip:\n  governs contacts of which tags.tier is gold, with the precedence 5\n',
    );
    expect(out).toContain('  vip comes before gold, rest: contacts that it lets in are no longer theirs\n');
    expect(out).toContain('  4 governed by vip instead of gold: priority 5 rises to 1 at once\n');
  });

  test('a policy that is deleted leaves its contacts to the next one', async () => {
    await run('pull', 'mine');
    rmSync(join(files.path, 'mine/gold.yaml'));
    const { out, code } = await run('plan', 'mine', '--prune');
    expect(code).toBe(1);
    expect(out).toContain('delete policies/gold, version 1:\n  it governs nobody any more');
    expect(out).toContain('  4 governed by rest instead of gold: a change that is due is not made\n');
  });

  test('--json has exact values, and --max-contacts bounds what is read', async () => {
    write('mine/gold.yaml', GOLD.replace('after: 2m', 'after: 1m'));
    const { out } = await run('plan', 'mine', '--json', '--max-contacts', '2');
    const document = JSON.parse(out);
    expect(document.target).toEqual({
      account: '123456789012',
      region: 'eu-central-1',
      prefix: '/connect-escalator',
    });
    expect(document.changes).toEqual([
      { parameter: 'policies/gold', action: 'change', version: 1, sentences: ['step 2 at 1m, was 2m'] },
    ]);
    expect(document.waiting).toMatchObject({ examined: 2, isPartial: true, requests: 2 });
  });

  test('a change of comments alone is said to be one', async () => {
    write('mine/gold.yaml', `# A comment.\n${GOLD}`);
    const { out, code } = await run('plan', 'mine');
    expect(out).toContain('  only its text changes (comments, order, notation): it does what it did\n');
    expect(out).toContain('Contacts that wait now: none changes.\n');
    expect(code).toBe(1);
  });

  test('problems are reported as a push reports them', async () => {
    write('mine/gold.yaml', 'steps: [{ aftr: 1m }]\n');
    const { out, err, code } = await run('plan', 'mine', '--out', 'plan.json');
    expect({ out, code }).toEqual({ out: '', code: 1 });
    expect(err).toContain('unknown-key');
    expect(existsSync(join(files.path, 'plan.json'))).toBe(false);
  });

  test('where nothing is deployed it says so, and describes the changes all the same', async () => {
    const { out } = await run('plan', 'mine', '--prefix', '/elsewhere');
    expect(out).toContain('new policies/gold:\n');
    expect(out).toContain('What happens to contacts that wait is not known. Nothing is deployed there.\n');
    const { code, err } = await run('plan', 'mine', '--prefix', '/elsewhere', '--out', 'plan.json');
    expect(code).toBe(3);
    expect(err).toContain('The account is not known');
  });

  test('where the table cannot be read it says why, and describes the changes all the same', async () => {
    const deployment = await system.get('deployment');
    await system.put('deployment', deployment.replace('"Contacts"', '"Nope"'));
    write('mine/gold.yaml', GOLD.replace('after: 2m', 'after: 1m'));
    const { out, code } = await run('plan', 'mine');
    await system.put('deployment', deployment);
    expect(code).toBe(1);
    expect(out).toContain('  step 2 at 1m, was 2m\n');
    expect(out).toContain(
      'What happens to contacts that wait is not known. Could not read the table Nope: ResourceNotFoundException',
    );
  });

  test('while calls are paused it says so', async () => {
    await system.put('pause', 'x');
    write('mine/gold.yaml', GOLD.replace('after: 2m', 'after: 1m'));
    const { out } = await run('plan', 'mine');
    await system.deleteParameter('pause');
    expect(out).toContain('  3 of gold: priority 5 rises to 1 at once\n');
    expect(out).toContain('Calls are paused: nothing is called before the pause ends.\n');
  });

  test('what texts hold does not reach the terminal raw', async () => {
    write(
      'mine/evil.yaml',
      'match: { tags: { tier: ["\\e[2J\\n"] } }\nsteps: [{ after: 0s, set: { priority: 1 } }]\n',
    );
    const { out } = await run('plan', 'mine');
    expect(out).toContain('tags.tier is "\\u001b[2J\\n"');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there.
    expect(out).not.toMatch(/\u001b/);
  });
});

describe('push --plan', () => {
  const planned = async (...args: string[]) => {
    write('mine/rest.yaml', REST.replace('5m', '6m'));
    return run('plan', 'mine', '--out', 'plan.json', ...args);
  };

  afterEach(async () => {
    await system.put('policies/rest', REST);
  });

  test('stops, and says what differs, when a file or a parameter changed or the target is another', async () => {
    await system.put('policies/rest', REST);
    const { err } = await planned();
    expect(err).toContain('Wrote plan.json. escalator push --plan plan.json does exactly this, or stops.');
    const version = JSON.parse(readFileSync(join(files.path, 'plan.json'), 'utf8')).parameters[
      'policies/rest'
    ].version;
    write('mine/gold.yaml', `# Later.\n${GOLD}`);
    write('mine/new.yaml', REST);
    await system.put('policies/rest', `# Somebody else.\n${REST}`);
    await system.put('policies/stray', REST);
    const stopped = await run('push', '--plan', 'plan.json');
    await system.deleteParameter('policies/stray');
    expect(stopped.code).toBe(1);
    expect(stopped.out).toBe('');
    expect(stopped.err).toBe(`Target: /connect-escalator in account 123456789012, Region eu-central-1.
/connect-escalator/policies/rest has version ${version + 1}; the plan has version ${version}.
/connect-escalator/policies/stray was created since the plan.
mine/gold.yaml was changed since the plan.
mine/new.yaml is new since the plan.
Nothing was written. Make a new plan: escalator plan mine --out plan.json.
`);
    const elsewhere = await run('push', '--plan', 'plan.json', '--prefix', '/elsewhere');
    expect(elsewhere.err).toContain(
      'The plan is for /connect-escalator in account 123456789012, Region eu-central-1, and this push for /elsewhere in ',
    );
    expect(elsewhere.code).toBe(1);
  });

  test('does what the plan says', async () => {
    await planned();
    const { code, out } = await run('push', '--plan', 'plan.json');
    expect(code).toBe(0);
    expect(out).toMatch(/Wrote \/connect-escalator\/policies\/rest, version \d+\.\n$/);
    expect(await system.get('policies/rest')).toBe(REST.replace('5m', '6m'));
    const again = await run('push', '--plan', 'plan.json');
    expect(again.code).toBe(1);
    expect(again.err).toMatch(/policies\/rest has version \d+; the plan has version \d+/);
  });

  test('deletes what the plan deletes, without another question', async () => {
    await system.put('policies/old', REST);
    await run('pull', 'mine');
    rmSync(join(files.path, 'mine/old.yaml'));
    expect((await run('plan', 'mine', '--prune', '--out', 'plan.json')).code).toBe(1);
    const { code, out } = await run('push', '--plan', 'plan.json');
    expect(code).toBe(0);
    expect(out).toContain('Deleted /connect-escalator/policies/old.\n');
  });

  test('a directory that is given may be another one with the same files', async () => {
    await planned('--json');
    cpSync(join(files.path, 'mine'), join(files.path, 'copy'), { recursive: true });
    const { code, out } = await run('push', 'copy', '--plan', 'plan.json', '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain('+++ copy/rest.yaml\n');
  });

  test('stops when the push would do something else than the plan, since it knows of earlier pushes', async () => {
    await planned();
    const file = join(files.path, 'plan.json');
    const plan = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...plan, writes: [] }));
    const { code, err } = await run('push', '--plan', 'plan.json');
    expect(code).toBe(1);
    expect(err).toContain('The push would write policies/rest; the plan does not.\nNothing was written.');
  });

  test.each([
    [
      ['push', '--plan', 'plan.json', '--force'],
      'pass --prune, --force and --end-pause to escalator plan instead',
    ],
    [['push', '--plan', 'mine/gold.yaml'], 'mine/gold.yaml is not a plan of this version of escalator.'],
    [['push', '--plan', 'nowhere.json'], 'nowhere.json does not exist'],
    [['push'], "missing required argument 'path'"],
  ])('%j is refused', async (args, message) => {
    await planned();
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
