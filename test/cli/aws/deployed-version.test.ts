import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { VERSION } from '../../../lambda/domain/version.ts';
import { awsForCli } from '../support/aws.ts';
import { cli, directoryWith } from '../support/run-cli.ts';

const POLICY = 'match: { channel: [VOICE] }\nsteps:\n  - after: 0s\n    set: { priority: 3 }\n';
const PREFIX = '/connect-escalator';

let aws: Awaited<ReturnType<typeof awsForCli>>;
let files: ReturnType<typeof directoryWith>;
let deployment: Record<string, unknown>;

beforeAll(async () => {
  aws = await awsForCli();
  files = directoryWith({ 'policies/gold.yaml': POLICY, 'pulled/other.yaml': POLICY });
  const queues = await aws.deploy();
  deployment = {
    contactsTable: 'Contacts',
    ruleMessagesQueueUrl: queues.ruleMessages.url,
    operatorMessagesQueueUrl: queues.operatorMessages.url,
    wakeUpsQueueUrl: queues.wakeUps.url,
    dispatchQueueUrl: queues.dispatch.url,
    deadLetterQueueUrls: {
      ContactEventsDlq: queues.contactEventsDlq.url,
      RuleMessagesDlq: queues.ruleMessagesDlq.url,
      OperatorMessagesDlq: queues.operatorMessagesDlq.url,
      WakeUpsDlq: queues.wakeUpsDlq.url,
      DispatchDlq: queues.dispatchDlq.url,
      PolicyChangesDlq: queues.policyChangesDlq.url,
    },
  };
  await put('policies/gold', POLICY);
  await put('policies/gold', `# edited\n${POLICY}`);
});
afterAll(async () => {
  files.remove();
  await aws.stop();
});

async function put(name: string, value: string): Promise<void> {
  const client = new SSMClient(aws.clientConfig);
  const Name = `${PREFIX}/${name}`;
  await client.send(new PutParameterCommand({ Name, Value: value, Type: 'String', Overwrite: true }));
  client.destroy();
}

const deploy = (version: string | undefined) => put('deployment', JSON.stringify({ ...deployment, version }));

/** The commands that use a deployment. */
const COMMANDS = [
  ['push', 'policies', '--dry-run'],
  ['pull', 'pulled', '--dry-run'],
  ['diff', 'policies'],
  ['plan', 'policies'],
  ['rollback', 'gold', '--dry-run'],
  ['resume'],
  ['redrive', '--dry-run'],
  ['send', 'signal', 'vip', '--contact-id', 'c-1'],
  ['explain', '--contact-id', 'c-1'],
  ['explain', '--contact-id', 'c-1', '--policies', 'policies'],
];

/** The warnings that a command prints. */
async function warningsOf(args: readonly string[]): Promise<string[]> {
  const { err } = await cli([...args, ...aws.where], { cwd: files.path });
  return err.split('\n').filter((line) => line.startsWith('escalator: warning:'));
}

describe.each(COMMANDS.map((args) => ({ args, name: args.join(' ') })))('escalator $name', ({ args }) => {
  test('warns once when another version is deployed', async () => {
    await deploy('99.1.0');
    expect(await warningsOf(args)).toEqual([
      `escalator: warning: This is version ${VERSION}, but version 99.1.0 is deployed. ` +
        'Deploy this version, or run npx connect-escalator@99.1.0.',
    ]);
  });

  test('warns when the deployment does not state its version', async () => {
    await deploy(undefined);
    expect(await warningsOf(args)).toEqual([
      `escalator: warning: This is version ${VERSION}, but a version that does not state its number is deployed. ` +
        'Deploy this version.',
    ]);
  });

  test('does not warn of its own version', async () => {
    await deploy(VERSION);
    expect(await warningsOf(args)).toEqual([]);
  });
});

test('a parameter whose other members are of another version has its version read', async () => {
  await put('deployment', '{"version":"99.1.0","somethingElse":1}');
  expect(await warningsOf(['diff', 'policies'])).toHaveLength(1);
});
