import { describe, expect, test } from '@jest/globals';
import { MAX_RECEIVE_COUNT, MAX_RETRY_DELAY_SECONDS } from '../../../lambda/domain/deployment-constants.ts';
import { retryDelaySeconds } from '../../../lambda/domain/messages/retry-delay.ts';

const IDS = Array.from({ length: 200 }, (_, index) => `message-${index}`);
/** The delays between the attempts of a message until it goes to the dead-letter queue. */
const delaysOf = (id: string) =>
  Array.from({ length: MAX_RECEIVE_COUNT.ruleMessages - 1 }, (_, index) => retryDelaySeconds(id, index + 1));

describe('the delay before the next attempt', () => {
  test('is two or three seconds after the first failure', () => {
    expect(new Set(IDS.map((id) => retryDelaySeconds(id, 1)))).toEqual(new Set([2, 3]));
  });

  test('doubles, and stays at two to three minutes', () => {
    const least = [2, 4, 8, 16, 32, 64, 120, 120, 120, 120, 120];
    for (const delays of IDS.map(delaysOf)) {
      expect(delays.map((delay, index) => delay >= Number(least[index]))).not.toContain(false);
      expect(delays.map((delay, index) => delay <= Number(least[index]) * 1.5)).not.toContain(false);
      expect(delays.every(Number.isInteger)).toBe(true);
    }
  });

  test('differs between messages that failed together', () => {
    expect(new Set(IDS.map((id) => retryDelaySeconds(id, 5))).size).toBeGreaterThan(10);
  });

  test('differs between the attempts of a message, so that two messages do not meet each time', () => {
    const late = IDS.map((id) => [10, 11, 12].map((count) => retryDelaySeconds(id, count)));
    expect(late.filter((delays) => new Set(delays).size > 1).length).toBeGreaterThan(150);
  });

  test('lets 12 attempts take 12 to 19 minutes: an outage of several minutes sends nothing to dead letters', () => {
    const totals = IDS.map((id) => delaysOf(id).reduce((sum, delay) => sum + delay, 0) / 60);
    expect(Math.min(...totals)).toBeGreaterThan(12);
    expect(Math.max(...totals)).toBeLessThan(19);
  });

  test('is sensible whatever SQS says of the attempts', () => {
    for (const count of [0, 1_000, Number.MAX_SAFE_INTEGER]) {
      expect(retryDelaySeconds('m', count)).toBeLessThanOrEqual(MAX_RETRY_DELAY_SECONDS * 1.5);
    }
  });
});
