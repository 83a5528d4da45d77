import { expect, test } from '@jest/globals';
import { withoutPersonalData } from '../../../lambda/domain/contact/personal-data.ts';
import { context, KEY } from '../../support/contacts.ts';

const steps = [{ after: '0s', set: { priority: 1 } }];
const { policies } = context({
  line: { match: { tags: { 'aws:connect:systemEndpoint': ['+4930123456'] } }, steps },
});
const kept = (tags: Record<string, string>) =>
  withoutPersonalData({ ...KEY, tags: { at: 0, value: tags } }, policies).tags?.value;

test.each([
  '+4930123456',
  '+49 30 1234567',
  '030 1234567',
  '0049301234567',
  '(555) 010-9999',
  'tel:+4930123456',
  'jane@x.org',
  'Jane Doe <jane@x.org>',
])('%s is not stored', (value) => {
  expect(kept({ contact: value })).toEqual({});
});

test.each(['gold', '120000 EUR', '11111111-2222-3333-4444-555555555555', 'queue 7', '2026', 'de-DE'])(
  '%s is',
  (value) => {
    expect(kept({ tag: value })).toEqual({ tag: value });
  },
);

test('what a policy names is stored, whatever it is', () => {
  expect(kept({ 'aws:connect:systemEndpoint': '+4930123456' })).toEqual({
    'aws:connect:systemEndpoint': '+4930123456',
  });
});
