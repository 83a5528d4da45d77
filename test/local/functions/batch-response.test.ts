import { describe, expect, test } from '@jest/globals';
import { failedMessageIds } from '../../../local/functions/batch-response.ts';

const IDS = ['a', 'b', 'c'];

describe('the response to a batch', () => {
  test.each([
    ['nothing', null, []],
    ['an empty object', {}, []],
    ['no list', { batchItemFailures: null }, []],
    ['an empty list', { batchItemFailures: [] }, []],
    ['some messages', { batchItemFailures: [{ itemIdentifier: 'c' }, { itemIdentifier: 'a' }] }, ['c', 'a']],
    ['an unknown message', { batchItemFailures: [{ itemIdentifier: 'a' }, { itemIdentifier: 'x' }] }, IDS],
    ['an empty id', { batchItemFailures: [{ itemIdentifier: '' }] }, IDS],
    ['a misspelt key', { batchItemFailures: [{ itemIdentifer: 'a' }] }, IDS],
    ['a string instead of a list', { batchItemFailures: 'a' }, IDS],
    ['a string', 'done', IDS],
  ])('with %s fails the messages that Lambda treats as failed', (_case, response, failed) => {
    expect(failedMessageIds(response, IDS)).toEqual(failed);
  });
});
