import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib/core';
import { ConnectEscalator } from '../../lib/index.ts';
import { INSTANCE, ownFunctions, testApp } from './synthesize.ts';

/** The examples that are the body of the constructor of a stack, by their page and heading. */
const EXAMPLES = ['construct', 'operations', 'compliance'].flatMap((page) => {
  const text = readFileSync(join(import.meta.dirname, `../../docs/${page}.md`), 'utf8');
  return text.split(/^(?=##* )/m).flatMap((section) => {
    const heading = section.split('\n', 1)[0] ?? '';
    const snippets = [...section.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
    return snippets
      .filter((code) => /new ConnectEscalator\(/.test(code) && !code.includes('class '))
      .map((code) => ({ page, heading, code }));
  });
});

const IMPORT = /^import \{ (.*) \} from '(.*)';$/gm;

/** Runs an example in a stack, with what it imports. */
async function run(code: string, stack: Stack): Promise<void> {
  const values = new Map<string, unknown>([
    ['ConnectEscalator', ConnectEscalator],
    ['instanceArns', [INSTANCE]],
  ]);
  for (const [, names = '', module = ''] of code.matchAll(IMPORT)) {
    const imported: Record<string, unknown> = await import(module);
    for (const name of names.split(', ')) {
      expect(imported).toHaveProperty(name);
      values.set(name, imported[name]);
    }
  }
  new Function(...values.keys(), code.replaceAll(IMPORT, '')).apply(stack, [...values.values()]);
}

// A synth prints the warnings of the policies.
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => {});
});

afterEach(() => {
  jest.restoreAllMocks();
});

describe('the example', () => {
  test.each(EXAMPLES)('of $page, $heading, is a system that can be deployed', async ({ code }) => {
    const stack = new Stack(testApp(), 'Example', {
      env: { account: '123456789012', region: 'eu-central-1' },
    });
    await run(code, stack);
    expect(Object.keys(ownFunctions(Template.fromStack(stack)))).toHaveLength(5);
  });
});

test('each group of properties has an example', () => {
  const examples = EXAMPLES.map(({ code }) => code).join('\n');
  const properties = [
    ...[
      'attrArn',
      'encryptionKey',
      'logs',
      'eventBus',
      'policies',
      'table',
      'deletionProtection',
      'vpc',
      'functions',
    ],
    ...['grantView', 'grantOperate'],
  ];
  expect(properties.filter((property) => !examples.includes(property))).toEqual([]);
});
