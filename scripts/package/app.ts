import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Combination } from './combinations.ts';
import { run } from './run.ts';
import { snippetOf } from './snippets.ts';

/** What an installed package gives an app is not what it should. */
class AppError extends Error {
  override readonly name = 'AppError';
}

/** The options of TypeScript in apps of either kind. Many CommonJS apps resolve modules as Node.js 10 did. */
const COMPILER_OPTIONS = {
  esm: { module: 'nodenext', moduleResolution: 'nodenext' },
  commonjs: { module: 'commonjs', moduleResolution: 'node10', esModuleInterop: true },
};

const JEST_TEST = `
const { App } = require('aws-cdk-lib');
const { Template } = require('aws-cdk-lib/assertions');
const { ConnectEscalatorStack, ConfigError } = require('connect-escalator');

const instanceArns = [
  'arn:aws:connect:eu-central-1:123456789012:instance/11111111-2222-3333-4444-555555555555',
];

test('a unit test synthesises the stack', () => {
  const stack = new ConnectEscalatorStack(new App(), 'Stack', { instanceArns });
  Template.fromStack(stack).hasResource('AWS::Lambda::Function', {});
  expect(() => new ConnectEscalatorStack(new App(), 'Stack', { instanceArns: [] })).toThrow(ConfigError);
});
`;

/** Installs the package into a fresh app, with the snippets of the documentation as its sources. */
export function createApp(
  project: string,
  directory: string,
  tarball: string,
  { moduleKind, cdk }: Combination,
): void {
  mkdirSync(directory, { recursive: true });
  run('npm', ['init', '--yes'], { cwd: directory });
  run('npm', ['pkg', 'set', `type=${moduleKind === 'esm' ? 'module' : 'commonjs'}`], { cwd: directory });
  run('npm', ['install', '--prefer-offline', `aws-cdk-lib@${cdk}`, 'constructs@10', tarball], {
    cwd: directory,
  });
  const copies = run('find', ['node_modules', '-path', '*/aws-cdk-lib/package.json'], { cwd: directory }).out;
  if (copies.trim() !== 'node_modules/aws-cdk-lib/package.json') {
    throw new AppError(`${directory} has not one copy of aws-cdk-lib:\n${copies}`);
  }
  if (existsSync(join(directory, 'node_modules/esbuild'))) {
    throw new AppError(`${directory} has esbuild, so the synth could start it unnoticed.`);
  }
  writeFileSync(join(directory, 'app.ts'), snippetOf(project, 'README.md'));
  writeFileSync(join(directory, 'contact-centre.ts'), snippetOf(project, 'docs/construct.md'));
  const compilerOptions = {
    ...COMPILER_OPTIONS[moduleKind],
    target: 'es2022',
    strict: true,
    types: ['node'],
    // The declarations of the package are checked, too.
    skipLibCheck: false,
  };
  writeFileSync(
    join(directory, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['app.ts', 'contact-centre.ts'] }),
  );
}

/**
 * Compiles the app, and synthesises it with the CDK CLI as a consumer does: without the feature flags of this project,
 * and with the given Node.js alone.
 *
 * @returns milliseconds that the synth took.
 * @throws RunError when a program fails.
 * @throws AppError when a function has no code.
 */
export function synthesizeApp(project: string, directory: string, node: string): number {
  // Installed after the synth would otherwise find it: the compiler is no part of what the package needs.
  run('npm', ['install', '--prefer-offline', '--no-save', 'typescript@5.9', '@types/node@22'], {
    cwd: directory,
  });
  const env = { PATH: `${dirname(node)}:${process.env.PATH}` };
  run(node, ['node_modules/typescript/bin/tsc'], { cwd: directory, env });
  const startedAt = performance.now();
  const cdk = join(project, 'node_modules/aws-cdk/bin/cdk');
  run(node, [cdk, 'synth', '--quiet', '--no-notices', '--app', 'node app.js'], { cwd: directory, env });
  const milliseconds = performance.now() - startedAt;
  checkAssembly(project, join(directory, 'cdk.out'));
  return milliseconds;
}

/** Checks that each function has the code that the build made, and the template the version. */
function checkAssembly(project: string, assembly: string): void {
  const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  const template = JSON.parse(readFileSync(join(assembly, 'ConnectEscalator.template.json'), 'utf8'));
  if (template.Metadata?.['connect-escalator']?.version !== version) {
    throw new AppError(`The template in ${assembly} does not state version ${version}.`);
  }
  const functions = Object.values<{ Type: string; Properties: { Code: { S3Key: string } } }>(
    template.Resources,
  ).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  const codes = functions.map(({ Properties }) => {
    const asset = join(assembly, `asset.${Properties.Code.S3Key.replace(/\.zip$/, '')}`);
    // The functions with which the CDK deploys custom resources are CommonJS.
    const [file = 'index.js'] = readdirSync(asset).filter((name) => name.endsWith('.mjs'));
    return readFileSync(join(asset, file), 'utf8');
  });
  if (functions.length === 0 || codes.some((code) => code === '')) {
    throw new AppError(`A function in ${assembly} has no code.`);
  }
}

/** Runs a unit test of the app with Jest, whose modules are CommonJS. */
export function testApp(directory: string, node: string): void {
  run('npm', ['install', '--prefer-offline', '--no-save', 'jest@30'], { cwd: directory });
  writeFileSync(join(directory, 'app.test.js'), JEST_TEST);
  run(node, ['node_modules/jest/bin/jest.js'], { cwd: directory });
}
