import { describe, expect, test } from '@jest/globals';
import { isContactId, isInstanceId } from '../../lambda/domain/item-keys.ts';

describe('the id of an instance in a key', () => {
  test.each(['11111111-2222-3333-4444-555555555555', 'i-1', 'queues', 'a configuration', 'i'.repeat(100)])(
    'may be %j',
    (id) => {
      expect(isInstanceId(id)).toBe(true);
    },
  );

  test.each(['configuration', 'quota', 'idempotency', 'sweep', 'fan-out', 'queue', 'customer'])(
    'is not %j, with which the keys of other items begin',
    (kind) => {
      expect(isInstanceId(kind)).toBe(false);
    },
  );

  test.each([
    ['with the separator', 'i#1'],
    ['that begins with the separator', '#'],
    ['that is empty', ''],
    ['that is longer than Connect has them', 'i'.repeat(101)],
    ['with half of a character', 'i\ud800'],
  ])('is no text %s', (_name, id) => {
    expect(isInstanceId(id)).toBe(false);
  });
});

describe('the id of a contact in a key', () => {
  test.each(['11111111-2222-3333-4444-555555555555', 'c#1', 'quota', 'c', 'c'.repeat(256)])(
    'may be %j',
    (id) => {
      expect(isContactId(id)).toBe(true);
    },
  );

  test.each([
    ['that is empty', ''],
    ['that is longer than Connect has them', 'c'.repeat(257)],
    ['with half of a character', '\udc00c'],
  ])('is no text %s', (_name, id) => {
    expect(isContactId(id)).toBe(false);
  });
});
