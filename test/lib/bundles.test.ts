import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { bundleHandler } from '../../lib/bundling/bundle-handler.ts';
import { type BundledStack, bundledStack } from '../support/bundled-stack.ts';
import { findResource } from './synthesize.ts';

const KB = 1_024;

const MAX_BYTES = 620 * KB;

const HANDLERS = [
  { handler: 'contact-events', name: 'EscalatorContactEventsFunction' },
  { handler: 'rule-messages', name: 'EscalatorRuleMessagesFunction' },
  { handler: 'dispatch', name: 'EscalatorDispatchFunction' },
  { handler: 'policy-changes', name: 'EscalatorPolicyChangesFunction' },
  { handler: 'sweep', name: 'EscalatorSweepFunction' },
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

test.each(HANDLERS)('nothing but the code of $handler is deployed', ({ handler, name }) => {
  const { file } = bundleOf(name);
  expect(readdirSync(dirname(file))).toEqual([`${handler}.mjs`]);
  expect(readFileSync(file, 'utf8')).not.toContain('sourceMappingURL');
});

test('of the operations of Connect only those that are called are bundled, and only with who calls them', () => {
  const commands = HANDLERS.map(({ handler }) => {
    const { outputs } = JSON.parse(readFileSync(join(stack.directory, `${handler}.meta.json`), 'utf8'));
    const [{ inputs }] = Object.values<{ inputs: Record<string, { bytesInOutput: number }> }>(outputs).filter(
      (output) => Object.keys(output.inputs).length > 0,
    ) as [{ inputs: Record<string, { bytesInOutput: number }> }];
    return Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .flatMap(([path]) => /client-connect\/dist-es\/commands\/(\w+)\.js$/.exec(path)?.[1] ?? []);
  });
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
  expect(Buffer.from((await bundleHandler('sweep')).code).toString()).toBe(code);
  rmSync(root, { recursive: true });
});

test('the source map has the lines of this project, and no more than the file of a dependency', async () => {
  const bundle = await bundleHandler('sweep');
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

test('only the functions that compile the configuration contain a parser of YAML and a client of SSM', () => {
  const holders = (part: string) =>
    HANDLERS.filter(({ handler }) => {
      const { outputs } = JSON.parse(readFileSync(join(stack.directory, `${handler}.meta.json`), 'utf8'));
      return Object.values<{ inputs: Record<string, { bytesInOutput: number }> }>(outputs).some(
        ({ inputs }) =>
          Object.entries(inputs).some(
            ([path, { bytesInOutput }]) => path.includes(part) && bytesInOutput > 0,
          ),
      );
    }).map(({ handler }) => handler);
  expect(holders('node_modules/yaml/')).toEqual(['policy-changes', 'sweep']);
  expect(holders('node_modules/@aws-sdk/client-ssm/')).toEqual(['policy-changes', 'sweep']);
});
