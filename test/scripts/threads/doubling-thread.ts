import { answerRequests } from '../../../scripts/threads/answer-requests.ts';

/* Answers a number with its double, larger numbers later, and fails with a negative one. */

answerRequests(async (number: number) => {
  if (number < 0) throw new RangeError(`${number} is negative.`);
  for (let turn = 0; turn < number; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return 2 * number;
});
