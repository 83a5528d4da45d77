import { expect, test } from '@jest/globals';
import { named, resourceNamed, synthesize } from './synthesize.ts';

test('queue and dead-letter queue are FIFO, and deduplicate by id alone, never by content', () => {
  const { template } = synthesize();
  const queue = resourceNamed(template, 'EscalatorDispatch').Properties;
  const dlq = resourceNamed(template, 'EscalatorDispatchDispatchDlq').Properties;
  expect([queue.FifoQueue, dlq.FifoQueue]).toEqual([true, true]);
  // Two messages of one contact within five minutes are equal and both count.
  expect(queue.ContentBasedDeduplication).toBeUndefined();
  expect(queue.RedrivePolicy.maxReceiveCount).toBe(5);
  expect(named(queue.RedrivePolicy.deadLetterTargetArn)).toBe('EscalatorDispatchDispatchDlq');
});

test('a crashed run holds the message group up for two minutes at most', () => {
  const { template } = synthesize();
  expect(resourceNamed(template, 'EscalatorDispatchFunction').Properties.Timeout).toBe(60);
  expect(resourceNamed(template, 'EscalatorDispatch').Properties.VisibilityTimeout).toBe(120);
});

test('the function takes ten messages at a time and reports the failed ones', () => {
  const { template } = synthesize();
  const mapping = Object.values(template.findResources('AWS::Lambda::EventSourceMapping'))
    .map(({ Properties }) => Properties)
    .find(({ EventSourceArn }) => named(EventSourceArn) === 'EscalatorDispatch');
  expect(mapping).toMatchObject({ BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] });
  expect(named(mapping?.FunctionName)).toBe('EscalatorDispatchFunction');
});

test('going on in a new invocation is not cut off as a runaway loop', () => {
  const { template } = synthesize();
  expect(resourceNamed(template, 'EscalatorDispatchFunction').Properties.RecursiveLoop).toBe('Allow');
});
