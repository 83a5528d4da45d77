import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib/core';
import { ConnectEscalatorStack } from '../../lib/stack.ts';
import { findResource, INSTANCE } from './synthesize.ts';

const KB = 1_024;

const MAX_BYTES = 700 * KB;

const HANDLERS = [
  { handler: 'contact-events', name: 'EscalatorContactEventsFunction' },
  { handler: 'rule-messages', name: 'EscalatorRuleMessagesFunction' },
  { handler: 'dispatch', name: 'EscalatorDispatchFunction' },
  { handler: 'policy-changes', name: 'EscalatorPolicyChangesFunction' },
  { handler: 'sweep', name: 'EscalatorSweepFunction' },
];

let outdir: string;
let template: Template;

beforeAll(() => {
  outdir = mkdtempSync(join(tmpdir(), 'bundles-'));
  const app = new App({ outdir });
  template = Template.fromStack(new ConnectEscalatorStack(app, 'Bundled', { instanceArns: [INSTANCE] }));
}, 60_000);

afterAll(() => rmSync(outdir, { recursive: true }));

/** The file that Lambda would load, and its environment variables. */
function bundleOf(name: string) {
  const { Code, Environment } = findResource(template, name).Properties;
  const variables = Object.entries(Environment.Variables).map(([key, value]) => [
    key,
    typeof value === 'string' ? value : `known-at-deployment-${key}`,
  ]);
  return {
    file: join(outdir, `asset.${Code.S3Key.replace(/\.zip$/, '')}`, 'index.mjs'),
    environment: Object.fromEntries(variables),
  };
}

describe.each(HANDLERS)('the bundle of $handler', ({ handler, name }) => {
  test('is small', () => {
    expect(statSync(bundleOf(name).file).size).toBeLessThan(MAX_BYTES);
  });

  test('can be imported with its environment variables only, and has a handler', () => {
    const { file, environment } = bundleOf(name);
    // As a module: a script of -e has a `require`, which Lambda does not have.
    const code = `const { handler } = await import('${pathToFileURL(file)}'); console.log(typeof handler);`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      encoding: 'utf8',
      cwd: outdir,
      env: { AWS_REGION: 'eu-central-1', ...environment },
    });
    expect({ stdout, stderr }).toEqual({ stdout: 'function\n', stderr: '' });
  });

  test('contains code of lambda/ and nothing of the rest of the project', () => {
    const { inputs } = JSON.parse(readFileSync(join(outdir, `${handler}.meta.json`), 'utf8'));
    const own = Object.keys(inputs).filter((path) => !path.includes('node_modules/'));
    expect(own).toContain(`lambda/${handler}/index.ts`);
    const foreign = own.filter((path) => !/^(lambda\/|environment-credentials:)/.test(path));
    expect(foreign).toEqual([]);
  });
});

test('only the code and its source map are deployed', () => {
  for (const { name } of HANDLERS) {
    const { file } = bundleOf(name);
    expect(statSync(`${file}.map`).isFile()).toBe(true);
    expect(() => statSync(join(file, '..', 'index.meta.json'))).toThrow('ENOENT');
  }
});

test('only the bundle of dispatch contains operations of Connect, and only the two that it calls', () => {
  const commands = HANDLERS.map(({ handler }) => {
    const { outputs } = JSON.parse(readFileSync(join(outdir, `${handler}.meta.json`), 'utf8'));
    const [{ inputs }] = Object.values<{ inputs: Record<string, { bytesInOutput: number }> }>(outputs).filter(
      (output) => Object.keys(output.inputs).length > 0,
    ) as [{ inputs: Record<string, { bytesInOutput: number }> }];
    return Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .flatMap(([path]) => /client-connect\/dist-es\/commands\/(\w+)\.js$/.exec(path)?.[1] ?? []);
  });
  expect(commands).toEqual([[], [], ['DescribeContactCommand', 'UpdateContactRoutingDataCommand'], [], []]);
});
