import { expect, test } from '@jest/globals';
import { authorWords } from '../../../cli/wording/author-words.ts';
import { latenessWords, rateWords } from '../../../cli/wording/figure-words.ts';

test.each([
  ['arn:aws:iam::123456789012:user/team/ann', 'ann'],
  ['arn:aws:sts::123456789012:assumed-role/Deployer/ann@example.com', 'ann@example.com (Deployer)'],
  ['arn:aws-us-gov:sts::123456789012:federated-user/bob', 'bob'],
  ['arn:aws:iam::123456789012:root', 'root'],
  ['somebody', 'somebody'],
  ['arn:aws:s3:::bucket', 'arn:aws:s3:::bucket'],
])('%s is %s', (arn, words) => {
  expect(authorWords(arn)).toBe(words);
});

test.each([
  [0, '0'],
  [1 / 60, '0.017'],
  [3.24, '3.2'],
  [17.6, '18'],
  [1_234.5, '1235'],
])('%d calls a second are written as %s', (rate, words) => {
  expect(rateWords(rate)).toBe(words);
});

test.each([
  [0, '0s'],
  [49, '0s'],
  [412, '0.4s'],
  [2_000, '2s'],
  [9_940, '9.9s'],
  [61_200, '1m1s'],
])('a lateness of %d ms is %s', (milliseconds, words) => {
  expect(latenessWords(milliseconds)).toBe(words);
});
