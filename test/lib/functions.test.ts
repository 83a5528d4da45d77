import { describe, expect, test } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { ConfigError, type FunctionSizes } from '../../lib/index.ts';
import { nameOf, ownFunctions, synthesize } from './synthesize.ts';

/** Memory and reserved concurrency by function. */
function sizesOf(template: Template): Record<string, unknown[]> {
  return Object.fromEntries(
    Object.entries(ownFunctions(template)).map(([id, { Properties }]) => [
      nameOf(id).replace(/^Escalator|Function$/g, ''),
      [Properties.MemorySize, Properties.ReservedConcurrentExecutions],
    ]),
  );
}

test('by default no concurrency is reserved, so that the stack can be deployed in a new account', () => {
  expect(sizesOf(synthesize().template)).toEqual({
    ContactEvents: [512, undefined],
    RuleMessages: [512, undefined],
    Dispatch: [512, undefined],
    PolicyChanges: [512, undefined],
    Sweep: [512, undefined],
  });
});

test('each function may have another size', () => {
  const functions = {
    contactEvents: { reservedConcurrency: 50 },
    ruleMessages: { memorySize: 256, reservedConcurrency: 8 },
    dispatch: { memorySize: 1024, reservedConcurrency: 2 },
    policyChanges: { reservedConcurrency: 1 },
    sweep: { memorySize: 128 },
  };
  expect(sizesOf(synthesize({ functions }).template)).toEqual({
    ContactEvents: [512, 50],
    RuleMessages: [256, 8],
    Dispatch: [1024, 2],
    PolicyChanges: [512, 1],
    Sweep: [128, undefined],
  });
});

test('the queues of messages may take no more than the concurrency that is reserved for their function', () => {
  const of = (reservedConcurrency: number) =>
    synthesize({ functions: { ruleMessages: { reservedConcurrency } }, maxConcurrency: { wakeUps: 4 } });
  expect(() => of(7)).toThrow(
    new ConfigError(
      'functions.ruleMessages.reservedConcurrency is 7, but maxConcurrency lets the three queues take 8 together. ' +
        'Reserve 8 or more, or lower maxConcurrency.',
    ),
  );
  of(8).template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    ScalingConfig: { MaximumConcurrency: 4 },
  });
});

describe('a size that Lambda would refuse, or that stops the system, is rejected:', () => {
  test.each<{ functions: object; problem: string }>([
    {
      functions: { dispatch: { reservedConcurrency: 0 } },
      problem: 'functions.dispatch.reservedConcurrency is 0; expected an integer of 1 or more.',
    },
    {
      functions: { ruleMessages: { reservedConcurrency: 0.5 } },
      problem: 'functions.ruleMessages.reservedConcurrency is 0.5; expected an integer of 1 or more.',
    },
    {
      functions: { sweep: { memorySize: 64 } },
      problem: 'functions.sweep.memorySize is 64; expected an integer from 128 to 10240.',
    },
    { functions: { dispach: {} }, problem: 'functions has no function "dispach". Did you mean "dispatch"?' },
    {
      functions: { memorySize: 1024 },
      problem:
        'functions has no function "memorySize". ' +
        'Expected contactEvents, ruleMessages, dispatch, policyChanges, sweep.',
    },
  ])('$problem', ({ functions, problem }) => {
    expect(() => synthesize({ functions: functions as FunctionSizes })).toThrow(new ConfigError(problem));
  });
});
