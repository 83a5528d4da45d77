import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { INSTANCE } from './synthesize.ts';

let outdir: string;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'app-'));
});

afterEach(() => rmSync(outdir, { recursive: true }));

/** Runs the app as the CDK CLI does, without the validation of CloudFormation: `cdk synth` in `.ci/run` has it. */
function app(context: Record<string, unknown>) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/connect-escalator.ts'], {
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      CDK_VALIDATION: 'false',
      CDK_OUTDIR: outdir,
      CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:bundling-stacks': [], ...context }),
    },
  });
  return { status, stdout, stderr };
}

test('the app synthesises its stack and prints nothing', () => {
  expect(app({ instanceArn: INSTANCE })).toEqual({ status: 0, stdout: '', stderr: '' });
  const template = JSON.parse(readFileSync(join(outdir, 'ConnectEscalator.template.json'), 'utf8'));
  expect(Object.keys(template.Outputs)).toHaveLength(6);
});

const PASS =
  'npx cdk deploy -c instanceArn=' +
  'arn:aws:connect:eu-central-1:123456789012:instance/11111111-2222-3333-4444-555555555555\n';

describe('invalid context ends the app with one line', () => {
  test.each([
    { context: {}, line: `No Connect instance is given. Pass its ARN: ${PASS}` },
    {
      context: { instanceArn: 'x' },
      line: `instanceArn "x" is not an ARN. Pass the ARN of the instance: ${PASS}`,
    },
  ])('$context', ({ context, line }) => {
    expect(app(context)).toEqual({ status: 1, stdout: '', stderr: line });
    expect(existsSync(join(outdir, 'ConnectEscalator.template.json'))).toBe(false);
  });
});
