import { expect, test } from '@jest/globals';
import { CODE_FINGERPRINT } from '../../../lambda/domain/configuration/code-fingerprint.ts';

test('code that runs from its sources has a name of its own', () => {
  expect(CODE_FINGERPRINT).toBe('sources');
});
