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
  'tel: +49 30 1234567',
  'whatsapp:+4930123456',
  ' +4930123456 ',
  '+49\u201130\u20111234567',
  '+49\u00a030\u00a01234567',
  '+49 30 1234567;ext=12',
  '+49 30 1234567 ext. 12',
  'please call +49 30 1234567 today',
  'callback: 0049 30 1234567',
  'jane%40x.org',
])('%s is not stored', (value) => {
  expect(kept({ contact: value })).toEqual({});
});

test.each([
  'gold',
  '120000 EUR',
  '11111111-2222-3333-4444-555555555555',
  'queue 7',
  '2026',
  'de-DE',
  'order 4711-0815-99',
  'a+b',
])('%s is', (value) => {
  expect(kept({ tag: value })).toEqual({ tag: value });
});

test.each(['+4930123456', 'jane@x.org'])('no tag called %s is stored', (name) => {
  expect(kept({ [name]: 'vip' })).toEqual({});
});

test.each<[object, object]>([
  [{ auth: { Status: ['OK'] } }, { auth: { Status: 'OK' } }],
  [{ 'auth.Status': ['OK'] }, { auth: { Status: 'OK' } }],
  [{ auth: { Deep: { Level: [3] } } }, { auth: { Deep: { Level: 3 } } }],
  [
    { auth: [{ exists: true }] },
    { auth: { Status: 'OK', Email: 'jane@x.org', Deep: { Level: 3, Phone: '1' } } },
  ],
  [{ list: { deep: ['c'] } }, { list: [{ deep: 'c' }] }],
  [{ other: ['x'] }, {}],
])('of a map, a policy on %j keeps what it names', (segmentAttributes, expected) => {
  const { policies: named } = context({ one: { match: { segmentAttributes }, steps } });
  const value = {
    auth: { Status: 'OK', Email: 'jane@x.org', Deep: { Level: 3, Phone: '1' } },
    list: ['b', { deep: 'c', name: 'Jane' }],
    'connect:EmailSubject': 'my invoice',
  };
  const facts = withoutPersonalData({ ...KEY, segmentAttributes: { at: 0, value } }, named);
  expect(facts.segmentAttributes?.value).toEqual(expected);
});

test('what a policy names is stored, whatever it is', () => {
  expect(kept({ 'aws:connect:systemEndpoint': '+4930123456' })).toEqual({
    'aws:connect:systemEndpoint': '+4930123456',
  });
});
