import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildConstruct } from '../../../scripts/build/construct.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** A package as it is installed: its kind of module, what it was built into, and the CDK of the app. */
let directory: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'built-construct-'));
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  await buildConstruct(ROOT, join(directory, 'dist'));
}, 120_000);
afterAll(() => rmSync(directory, { recursive: true }));

/** Runs a script of an app in a process of its own: Jest loads modules in its own way. */
function run(kind: 'module' | 'commonjs', script: string): string {
  const args = [`--input-type=${kind}`, '--eval', script];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: directory, encoding: 'utf8' });
  return stdout + stderr;
}

describe('the built construct', () => {
  const names = 'ConfigError, ConnectEscalator, ConnectEscalatorStack';
  const esModule = () => pathToFileURL(join(directory, 'dist/lib/index.js')).href;
  const use = `
    try { new ConnectEscalatorStack(new App(), 'Stack', { instanceArns: ['no-arn'] }); } catch (error) {
      console.log([ConfigError, ConnectEscalator, ConnectEscalatorStack].map((one) => typeof one).join());
      console.log(error instanceof ConfigError, error.message.includes('no-arn'));
    }`;
  const printed = 'function,function,function\ntrue true\n';

  test('can be imported, and its parts by their names', () => {
    const script = `import { App } from 'aws-cdk-lib'; import { ${names} } from '${esModule()}'; ${use}`;
    expect(run('module', script)).toBe(printed);
  }, 240_000);

  test('can be required', () => {
    const script = `const { App } = require('aws-cdk-lib'); const { ${names} } = require('./dist/cjs'); ${use}`;
    expect(run('commonjs', script)).toBe(printed);
  }, 240_000);

  test('is the same for both, so that an error is of one class', () => {
    const script = `
      import { createRequire } from 'node:module';
      import { ConfigError } from '${esModule()}';
      console.log(createRequire(import.meta.url)('./dist/cjs').ConfigError === ConfigError);`;
    expect(run('module', script)).toBe('true\n');
  }, 240_000);
});
