import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

test('tests run on the Node.js major version that the Lambdas run on, which .nvmrc names', () => {
  expect(process.versions.node.split('.')[0]).toBe('24');
  expect(readFileSync('.nvmrc', 'utf8')).toBe('24\n');
});
