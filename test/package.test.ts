import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { VERSION } from '../lambda/domain/version.ts';
import { CDK_VERSIONS, NODE_VERSIONS } from '../scripts/package/combinations.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const manifest = JSON.parse(read('package.json'));

describe('package.json', () => {
  test('has the version of the code', () => {
    expect(manifest.version).toBe(VERSION);
  });

  test('lets nothing be installed but the CDK of the app, and that only for the construct', () => {
    expect(manifest.dependencies).toBeUndefined();
    expect(manifest.peerDependencies).toEqual({
      'aws-cdk-lib': `^${CDK_VERSIONS.lowest}`,
      constructs: '^10.0.0',
    });
    expect(manifest.peerDependenciesMeta).toEqual({
      'aws-cdk-lib': { optional: true },
      constructs: { optional: true },
    });
  });

  test('allows the versions of Node.js that the package is tried with', () => {
    expect(manifest.engines).toEqual({ node: `>=${NODE_VERSIONS.lowest}` });
  });

  test('leads to files that the build makes', () => {
    const targets = JSON.stringify([manifest.main, manifest.types, manifest.exports['.']]).match(
      /\.\/[^"]+/g,
    );
    expect(new Set(targets)).toEqual(
      new Set([
        './dist/cjs/index.js',
        './dist/cjs/types/lib/index.d.ts',
        './dist/lib/index.js',
        './dist/lib/index.d.ts',
      ]),
    );
  });

  test('can be published', () => {
    expect(manifest.private).toBeUndefined();
    expect(manifest.repository.url).toMatch(/^git\+https:\/\/github\.com\/.+\.git$/);
    expect(existsSync(join(ROOT, 'LICENSE'))).toBe(true);
  });
});

test('cdk.json starts the app with a command that every shell has', () => {
  const { app } = JSON.parse(read('cdk.json'));
  expect(app).toBe('node bin/run-source.js bin/connect-escalator.ts');
});

describe('the installed command', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'installed-'));
    mkdirSync(join(directory, 'bin'));
    mkdirSync(join(directory, 'dist/cli'), { recursive: true });
    copyFileSync(join(ROOT, 'bin/escalator.cjs'), join(directory, 'bin/escalator.cjs'));
    writeFileSync(join(directory, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(directory, 'dist/cli/main.js'), "console.log('ran', ...process.argv.slice(2));");
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** Runs the command on a Node.js that says it has the given version. */
  function escalator(version: string) {
    const disguise = join(directory, 'disguise.cjs');
    writeFileSync(disguise, `Object.defineProperty(process.versions, 'node', { value: '${version}' });`);
    const args = ['--require', disguise, join(directory, 'bin/escalator.cjs'), 'check', 'policies'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    return { status, stdout, stderr };
  }

  test.each(['22.12.0', '22.20.1', '23.0.0', '24.1.0', '26.0.0'])('runs what was built on %s', (version) => {
    expect(escalator(version)).toEqual({ status: 0, stdout: 'ran check policies\n', stderr: '' });
  });

  test.each(['22.11.0', '20.20.2', '18.0.0'])('refuses %s with one sentence', (version) => {
    expect(escalator(version)).toEqual({
      status: 2,
      stdout: '',
      stderr: `escalator: This is Node.js ${version}; install Node.js 22.12 or later.\n`,
    });
  });
});
