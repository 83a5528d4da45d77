import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ContactsTable } from '../../../lambda/aws/contacts-table.ts';
import { compileConfiguration } from '../../../local/system/compile-configuration.ts';
import { createTable } from '../../../local/system/table.ts';
import { ACCOUNT, REGION } from '../../local/fixtures/aws.ts';
import { queuedContact, saveAt, T0 } from '../../support/contacts.ts';
import { awsForCli } from '../support/aws.ts';
import { cli } from '../support/run-cli.ts';

const PREFIX = '/connect-escalator';
const POLICY = 'steps: [{ after: 0s, set: { priority: 3 } }]\n';
const BROKEN = 'stepz: []\n';
const COMPARED = `Compared with ${PREFIX} in account ${ACCOUNT}, Region ${REGION}.\n`;
const TIME = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

let aws: Awaited<ReturnType<typeof awsForCli>>;
let ssm: SSMClient;
let directory: string;
let compile: () => Promise<void>;

beforeAll(async () => {
  aws = await awsForCli();
  const dynamoDb = new DynamoDBClient(aws.clientConfig);
  ssm = new SSMClient(aws.clientConfig);
  const queues = await aws.deploy();
  await createTable(dynamoDb, 'Contacts');
  await saveAt(new ContactsTable(dynamoDb, 'Contacts'), queuedContact(), 0, T0);
  dynamoDb.destroy();
  directory = mkdtempSync(join(tmpdir(), 'in-force-'));
  writeFileSync(join(directory, 'ladder.yaml'), BROKEN);
  compile = () =>
    compileConfiguration({
      clientConfig: aws.clientConfig,
      prefix: PREFIX,
      tableName: 'Contacts',
      wakeUpsQueueUrl: queues.wakeUps.url,
    });
});

afterAll(async () => {
  ssm.destroy();
  rmSync(directory, { recursive: true });
  await aws.stop();
});

const put = (name: string, Value: string) =>
  ssm.send(new PutParameterCommand({ Name: `${PREFIX}/${name}`, Value, Type: 'String', Overwrite: true }));
const run = async (...args: string[]) => {
  const { code, out, err } = await cli([...args, ...aws.where], { now: T0 + 60_000 });
  return { code, out, err: err.replaceAll(TIME, 'TIME') };
};

describe('where a policy was made invalid after it was compiled', () => {
  const REFUSED =
    'policies/ladder: version 2 is invalid and has been refused since TIME. Line 1: stepz: "stepz" is not a ' +
    'known key; expected one of description, precedence, mode, rollout, match, during, clock, paused, target, ' +
    'allowLower, skipUnstaffed, accept, steps. Did you mean "steps"? (unknown-key). There are 2 problems. Version 1 has been in force since TIME.';

  beforeAll(async () => {
    await put('policies/ladder', POLICY);
    await compile();
    await put('policies/ladder', BROKEN);
    await compile();
  });

  test('explain shows the policy that governs the contact, and that its newest version is refused', async () => {
    const { code, out, err } = await run('explain', '--contact-id', 'c-1');
    expect(code).toBe(0);
    expect(out).toContain('ladder governs; step 1 is reached: priority 3');
    expect(err).toBe(`escalator: ${REFUSED}\n`);
  });

  test('diff says what is in force, since when, and what was refused', async () => {
    expect(await run('diff', directory)).toEqual({
      code: 0,
      out: '',
      err: `${COMPARED}${directory} and SSM are the same.\nIn force: 1 policy, since TIME.\n${REFUSED}\n`,
    });
  });

  describe('both say what stops the calls', () => {
    const RECORD = { who: 'ann', at: '2026-11-23T10:00:00Z', reason: 'wrong priorities' };
    const BY_COMMAND =
      'The parameter pause has stopped all calls since TIME: ann wrote it, for the reason "wrong priorities".';
    const BY_HAND =
      'The parameter pause has stopped all calls since TIME; its text does not say who wrote it, and why.';
    const BY_SETTINGS =
      'The settings have pause: true, which stops all calls; they have been in force since TIME.';

    test.each<[pause: string, settings: string, reasons: string[]]>([
      [JSON.stringify(RECORD), 'pause: false', [BY_COMMAND]],
      ['incident', 'pause: false', [BY_HAND]],
      ['{}', 'pause: true', [BY_HAND, BY_SETTINGS]],
      ['', 'pause: true', [BY_SETTINGS]],
      ['', 'pause: false', []],
    ])('the parameter %j, the settings %j', async (pause, settings, reasons) => {
      await put('settings', `${settings}\n`);
      if (pause === '')
        await ssm.send(new DeleteParameterCommand({ Name: `${PREFIX}/pause` })).catch(() => {});
      else await put('pause', pause);
      await compile();
      const lines = (text: string) => text.replaceAll(TIME, 'TIME').split('\n');
      const isReason = (line: string) => /stop|pause/.test(line);
      const explained = await run('explain', '--contact-id', 'c-1');
      expect(lines(explained.out).filter(isReason)).toEqual(reasons);
      expect(explained.err).toBe(`escalator: ${REFUSED}\n`);
      const json = JSON.parse((await run('explain', '--contact-id', 'c-1', '--json')).out);
      expect([json.isPaused, lines(json.stopped.join('\n'))]).toEqual([
        reasons.length > 0,
        reasons.length > 0 ? reasons : [''],
      ]);
      const inForce = lines((await run('diff', directory)).err);
      expect(inForce.slice(inForce.indexOf('In force: 1 policy, since TIME.') + 1, -2)).toEqual(reasons);
    });
  });

  test('a contact of a file is explained by what SSM has, the pause included', async () => {
    const contact = join(directory, '..', 'paused-contact.json');
    writeFileSync(contact, JSON.stringify({ enqueuedAt: '2026-11-23T10:00:00Z' }));
    await put('pause', JSON.stringify({ who: 'ann', at: '2026-11-23T10:00:00Z', reason: 'r' }));
    const { out } = await run('explain', '--contact-file', contact);
    expect(out).toContain(
      '\nThe parameter pause has stopped all calls since 2026-11-23T10:00:00Z: ann wrote it, for the reason "r".\n',
    );
    await ssm.send(new DeleteParameterCommand({ Name: `${PREFIX}/pause` }));
    expect((await run('explain', '--contact-file', contact)).out).not.toContain('stop');
    rmSync(contact);
  });
});

describe('where settings were deleted while they stopped all calls', () => {
  let settings: string;

  beforeAll(async () => {
    settings = join(directory, 'settings.yaml');
    writeFileSync(settings, 'updateRate: 10\n');
    await put('settings', 'pause: true\n');
    await compile();
    await ssm.send(new DeleteParameterCommand({ Name: `${PREFIX}/settings` }));
    await compile();
  });

  test('resume says that calls remain stopped', async () => {
    const { code, out, err } = await run('resume');
    expect(code).toBe(1);
    expect(out).not.toContain('calls Connect again');
    expect(err).toContain(`Calls remain stopped: ${PREFIX}/settings stopped them and was deleted`);
  });

  test.each(['no settings', 'invalid settings'])(
    'a push over %s starts calls only with --end-pause',
    async (there) => {
      if (there === 'invalid settings') await put('settings', 'pasue: true\n');
      await compile();
      const refused = await run('push', settings);
      expect(refused.code).toBe(1);
      expect(refused.err).toContain(`${settings} would end the pause: ${PREFIX}/settings `);
    },
  );

  test('a push with --end-pause starts them', async () => {
    expect((await run('push', settings, '--end-pause')).code).toBe(0);
    await compile();
    expect((await run('resume')).code).toBe(0);
  });
});
