import { describe, expect, test } from '@jest/globals';
import { cli } from './support/run-cli.ts';

async function adviceFor(line: string): Promise<string> {
  const { code, out, err } = await cli(line.split(' '));
  expect({ line, code, out }).toEqual({ line, code: 2, out: '' });
  const [error, advice, ...rest] = err.split('\n');
  expect(error).toMatch(/^error: unknown (option|command) '/);
  expect(rest).toEqual(['']);
  return advice ?? '';
}

describe('a name that is a slip', () => {
  test.each([
    ['check x --jsn', '--json'],
    ['check x --jsno', '--json'],
    ['push x --dryrun', '--dry-run'],
    ['push x --DRY_RUN', '--dry-run'],
    ['push x --prefx /x', '--prefix'],
    ['explain --polices x', '--policies'],
    ['explain --contactid x', '--contact-id'],
    ['explain --instance x', '--instance-id'],
    ['explain --id x', '--contact-id or --instance-id'],
    ['send signal vip --queue-ulr x', '--queue-url'],
    ['doctor --endpoint=http://x', '--endpoint-url'],
    ['chek', 'check'],
    ['send singal', 'signal'],
  ])('%s: %s', async (line, meant) => {
    expect(await adviceFor(line)).toBe(`Did you mean ${meant}?`);
  });
});

describe('a name that other tools have', () => {
  test.each([
    ['doctor --profile x', 'Set the environment variable AWS_PROFILE instead.'],
    ['diff --profile=x', 'Set the environment variable AWS_PROFILE instead.'],
    ['--profile x doctor', 'Set the environment variable AWS_PROFILE instead.'],
    ['simulate x --profile x', 'escalator simulate calls no AWS API, and needs none.'],
    ['simulate x --region x', 'escalator simulate calls no AWS API, and needs none.'],
    ['test-pattern x --endpoint-url x', 'escalator test-pattern calls no AWS API, and needs none.'],
    ['--region x doctor', 'Options stand after the command: escalator COMMAND --region ….'],
    ['check x --output json', 'Pass --json for one JSON document.'],
    ['pull x --output json', 'This command prints text only.'],
    ['doctor --query x', 'Pass --json, and select with jq.'],
    [
      'send signal vip --queue-arn x',
      '--contact-queue takes the ARN of a Connect queue; --queue-url takes the URL of an SQS queue.',
    ],
    ['adopt --instance-arn x', '--instance-id takes the ARN of an instance, too.'],
    ['explain --contact-arn x', '--contact-id takes the ARN of a contact, too.'],
    ['validate x', 'Did you mean check?'],
    ['deploy x', 'Did you mean push?'],
    ['signal vip', 'Did you mean send signal?'],
  ])('%s: %s', async (line, advice) => {
    expect(await adviceFor(line)).toBe(advice);
  });
});

describe('a name that is like none', () => {
  test.each([
    ['pull x --dir y', 'escalator pull --help lists the options.'],
    ['adopt --queue-arn x', 'escalator adopt --help lists the options.'],
    ['check x -j', 'escalator check --help lists the options.'],
    ['check x ---', 'escalator check --help lists the options.'],
    ['send signal vip --toString', 'escalator send signal --help lists the options.'],
    ['constructor', 'escalator --help lists the commands.'],
  ])('%s: %s', async (line, advice) => {
    expect(await adviceFor(line)).toBe(advice);
  });
});
