import { expect, test } from '@jest/globals';

test('tests run on the Node.js major version that the Lambdas run on', () => {
  expect(process.versions.node.split('.')[0]).toBe('24');
});
