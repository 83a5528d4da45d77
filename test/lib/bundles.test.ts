import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { bundleHandler } from '../../lib/bundling/bundle-handler.ts';
import { codeFingerprint } from '../../lib/bundling/code-fingerprint.ts';
import { CODE_FILES } from '../../lib/handler-names.ts';
import { type BundledStack, bundledStack } from '../support/bundled-stack.ts';
import { findResource } from './synthesize.ts';

const KB = 1_024;

const MAX_BYTES = 620 * KB;

const HANDLERS = [
  { handler: 'contact-events', name: 'EscalatorContactEventsFunction', others: ['build-policies'] },
  { handler: 'rule-messages', name: 'EscalatorRuleMessagesFunction', others: ['build-policies'] },
  { handler: 'dispatch', name: 'EscalatorDispatchFunction', others: [] },
  { handler: 'policy-changes', name: 'EscalatorPolicyChangesFunction', others: [] },
  { handler: 'sweep', name: 'EscalatorSweepFunction', others: [] },
];

let stack: BundledStack;

beforeAll(() => {
  stack = bundledStack();
}, 120_000);

/** The file that Lambda loads, and the variables of its environment. */
function bundleOf(name: string) {
  const { Environment } = findResource(stack.template, name).Properties;
  const variables = Object.entries(Environment.Variables).map(([key, value]) => [
    key,
    typeof value === 'string' ? value : `known-at-deployment-${key}`,
  ]);
  return {
    file: stack.bundleOf(name),
    environment: Object.fromEntries(variables),
  };
}

// Dispatch acts on records alone.
test.each(HANDLERS.filter(({ handler }) => handler !== 'dispatch'))(
  'the bundle of $handler, which uses what the compiler worked out, names the code of its domain',
  ({ name }) => {
    const fingerprint = codeFingerprint(join(import.meta.dirname, '../../lambda/domain'));
    expect(readFileSync(bundleOf(name).file, 'utf8')).toContain(fingerprint);
  },
);

describe.each(HANDLERS)('the bundle of $handler', ({ handler, name }) => {
  test('is small', () => {
    expect(statSync(bundleOf(name).file).size).toBeLessThan(MAX_BYTES);
  });

  test('can be imported with nothing but its variables, and has a handler', () => {
    const { file, environment } = bundleOf(name);
    // As a module: in a script given with -e there is a require, which Lambda does not have.
    const code = `const { handler } = await import('${pathToFileURL(file)}'); console.log(typeof handler);`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      encoding: 'utf8',
      cwd: stack.directory,
      env: { AWS_REGION: 'eu-central-1', ...environment },
    });
    expect({ stdout, stderr }).toEqual({ stdout: 'function\n', stderr: '' });
  });

  test('contains code of lambda/ and nothing of the rest of the project', () => {
    const { inputs } = JSON.parse(readFileSync(join(stack.directory, `${handler}.meta.json`), 'utf8'));
    const own = Object.keys(inputs).filter((path) => !path.includes('node_modules/'));
    expect(own).toContain(`lambda/${handler}/index.ts`);
    const foreign = own.filter(
      (path) => !/^(?:lambda\/|(?:environment-credentials|without-unused|node-globals):)/.test(path),
    );
    expect(foreign).toEqual([]);
  });
});

test.each(HANDLERS)('nothing but the code of $handler is deployed', ({ handler, name, others }) => {
  const folder = dirname(bundleOf(name).file);
  const files = readdirSync(folder).sort();
  expect(files).toEqual([...others, handler].map((file) => `${file}.mjs`).sort());
  for (const file of files)
    expect(readFileSync(join(folder, file), 'utf8')).not.toContain('sourceMappingURL');
});

test('the names of the files of code are those that are deployed, each with a function that has it', () => {
  const deployed = HANDLERS.flatMap(({ handler, others }) => [handler, ...others]);
  expect(Object.keys(CODE_FILES).sort()).toEqual([...new Set(deployed)].sort());
  for (const [file, of] of Object.entries(CODE_FILES)) {
    const owner = HANDLERS.find(({ handler }) => handler === of);
    expect([owner?.handler, ...(owner?.others ?? [])]).toContain(file);
  }
});

test('what builds policies of their sources is loaded when it is needed, and has no client of AWS', async () => {
  const { file } = bundleOf('EscalatorContactEventsFunction');
  const path = join(dirname(file), 'build-policies.mjs');
  expect(readFileSync(file, 'utf8')).toContain('import("./build-policies.mjs")');
  expect(readFileSync(path, 'utf8')).not.toContain('Client');
  const { buildPolicies } = await import(pathToFileURL(path).href);
  const source = { steps: [{ after: '1m', set: { priority: 1 } }] };
  const { policies, leftOut } = buildPolicies({ policies: [{ name: 'gold', source, version: 1, since: 0 }] });
  expect([policies.policyAt(0).steps[0].seconds, leftOut]).toEqual([60, []]);
});

test.each(HANDLERS)('$handler has no module of CommonJS, which a start would read twice', ({ handler }) => {
  const { inputs } = JSON.parse(readFileSync(join(stack.directory, `${handler}.meta.json`), 'utf8'));
  const formats = modulesIn(handler).map((path) => [path, inputs[path].format]);
  expect(formats.filter(([, format]) => format === 'esm').length).toBeGreaterThan(300);
  expect(formats.filter(([, format]) => format === 'cjs')).toEqual([]);
});

/** The modules of which the file that Lambda loads has code. */
function modulesIn(handler: string): string[] {
  const { outputs } = JSON.parse(readFileSync(join(stack.directory, `${handler}.meta.json`), 'utf8'));
  const { inputs }: { inputs: Record<string, { bytesInOutput: number }> } =
    outputs[`dist/handlers/${handler}/${handler}.mjs`];
  return Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : []));
}

test('of the operations of Connect only those that are called are bundled, and only with who calls them', () => {
  const commands = HANDLERS.map(({ handler }) =>
    modulesIn(handler).flatMap(
      (path) => /client-connect\/dist-es\/commands\/(\w+)\.js$/.exec(path)?.[1] ?? [],
    ),
  );
  expect(commands).toEqual([
    [],
    ['GetCurrentMetricDataCommand', 'ListQueuesCommand'],
    ['DescribeContactCommand', 'UpdateContactRoutingDataCommand'],
    [],
    ['SearchContactsCommand'],
  ]);
});

test('a bundle has the same bytes wherever it is written, and its source map is of the same code', async () => {
  const root = mkdtempSync(join(tmpdir(), 'bundles-'));
  const codeIn = (folder: string) => {
    const directory = join(root, folder);
    mkdirSync(directory, { recursive: true });
    spawnSync(process.execPath, ['lib/bundling/bundle.ts', 'sweep', directory, join(root, 'meta.json')]);
    return readFileSync(join(directory, 'sweep.mjs'), 'utf8');
  };
  const code = codeIn('near');
  expect(codeIn('much/further/away')).toBe(code);
  const [{ code: bundled }] = await bundleHandler('sweep');
  expect(Buffer.from(bundled).toString()).toBe(code);
  rmSync(root, { recursive: true });
});

test('the source map has the lines of this project, and no more than the file of a dependency', async () => {
  const [bundle] = await bundleHandler('sweep');
  const map = new SourceMap(JSON.parse(Buffer.from(bundle.sourceMap).toString()));
  const code = Buffer.from(bundle.code).toString();
  const places = code.split('\n').flatMap((line, row) => {
    const columns = Array.from({ length: Math.ceil(line.length / 10) }, (_, index) => index * 10);
    return columns.flatMap((column) => {
      const entry = map.findEntry(row, column);
      return 'originalSource' in entry && entry.originalSource ? [entry] : [];
    });
  });
  const linesOf = (pattern: RegExp) => {
    const found = places.filter(({ originalSource }) => pattern.test(originalSource));
    return [...new Set(found.map(({ originalLine }) => originalLine))];
  };
  expect(linesOf(/node_modules\/.*js$/)).toEqual([0]);
  expect(linesOf(/^[./]+\/lambda\//).length).toBeGreaterThan(50);
});

test.each([
  ['a parser of YAML', 'node_modules/yaml/', ['policy-changes', 'sweep']],
  ['a client of SSM', 'node_modules/@aws-sdk/client-ssm/', ['policy-changes', 'sweep']],
  ['what parses calendars', 'lambda/domain/calendar/parse', ['policy-changes', 'sweep']],
  ['what parses routes', 'lambda/domain/policy/route/parse', ['rule-messages', 'policy-changes', 'sweep']],
])('%s is only in the functions that always need it', (_what, part, holders) => {
  const found = HANDLERS.filter(({ handler }) => modulesIn(handler).some((path) => path.includes(part)));
  expect(found.map(({ handler }) => handler)).toEqual(holders);
});
