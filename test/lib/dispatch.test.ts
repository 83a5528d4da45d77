import { expect, test } from '@jest/globals';
import { findResource, nameOf, synthesize } from './synthesize.ts';

test('queue and dead-letter queue are FIFO, and deduplicate by ID, not by content', () => {
  const { template } = synthesize();
  const queue = findResource(template, 'EscalatorDispatch').Properties;
  const dlq = findResource(template, 'EscalatorDispatchDispatchDlq').Properties;
  expect([queue.FifoQueue, dlq.FifoQueue]).toEqual([true, true]);
  // Two messages of one contact within five minutes have the same content, and both are necessary.
  expect(queue.ContentBasedDeduplication).toBeUndefined();
  expect(queue.RedrivePolicy.maxReceiveCount).toBe(5);
  expect(nameOf(queue.RedrivePolicy.deadLetterTargetArn)).toBe('EscalatorDispatchDispatchDlq');
});

test('a crash blocks the message group for at most two minutes', () => {
  const { template } = synthesize();
  expect(findResource(template, 'EscalatorDispatchFunction').Properties.Timeout).toBe(60);
  expect(findResource(template, 'EscalatorDispatch').Properties.VisibilityTimeout).toBe(120);
});

test('the function receives ten messages at a time and reports failures individually', () => {
  const { template } = synthesize();
  const mapping = Object.values(template.findResources('AWS::Lambda::EventSourceMapping'))
    .map(({ Properties }) => Properties)
    .find(({ EventSourceArn }) => nameOf(EventSourceArn) === 'EscalatorDispatch');
  expect(mapping).toMatchObject({ BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] });
  expect(nameOf(mapping?.FunctionName)).toBe('EscalatorDispatchFunction');
});

test('Lambda does not stop continued invocations as a runaway loop', () => {
  const { template } = synthesize();
  expect(findResource(template, 'EscalatorDispatchFunction').Properties.RecursiveLoop).toBe('Allow');
});
