import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { EnvironmentError, instanceIds } from '../../lambda/aws/environment.ts';

let before: string | undefined;

beforeEach(() => {
  before = process.env.INSTANCE_IDS;
});

afterEach(() => {
  if (before === undefined) delete process.env.INSTANCE_IDS;
  else process.env.INSTANCE_IDS = before;
});

test('an instance that is given twice has one share of the quota', () => {
  process.env.INSTANCE_IDS = 'a,b,a';
  expect(instanceIds()).toEqual(['a', 'b']);
});

test('without the variable, the error says who sets it', () => {
  delete process.env.INSTANCE_IDS;
  expect(instanceIds).toThrow(
    new EnvironmentError(
      'The environment variable INSTANCE_IDS is not set. The stack sets it on each function; ' +
        'deploy the function with the stack, or set it by hand.',
    ),
  );
});
