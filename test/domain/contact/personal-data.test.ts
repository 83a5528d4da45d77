import { expect, test } from '@jest/globals';
import { withoutPersonalData } from '../../../lambda/domain/contact/personal-data.ts';
import { context, KEY } from '../../support/contacts.ts';

const steps = [{ after: '0s', set: { priority: 1 } }];
const { policies } = context({
  line: { match: { tags: { 'aws:connect:systemEndpoint': ['+4930123456'] } }, steps },
});
/** Ways to write what is personal, by what makes them hard to see. */
const FORMS: readonly { readonly what: string; readonly values: readonly string[] }[] = [
  {
    what: 'extensions',
    values: [
      '+49 30 1234567 x12',
      '+49 30 1234567x12',
      '+49 30 1234567 extension 12',
      '+49 30 1234567 Durchwahl 12',
      '+33 1 23 45 67 89 poste 12',
      '+7 495 123-45-67 доб. 12',
      '030 1234567#12',
      '030 1234567,,12#',
      '030 1234567;12',
      'call +49 30 1234567x12 now',
    ],
  },
  {
    what: 'digits of other scripts',
    values: [
      '٠٣٠ ١٢٣٤٥٦٧',
      '+٤٩٣٠١٢٣٤٥٦',
      '٠٠٤٩٣٠١٢٣٤٥٦',
      '۰۳۰۱۲۳۴۵۶۷',
      '+९१ ९८१२३ ४५६७८',
      '＋４９ ３０ １２３４５６７',
      '０３０１２３４５６７',
      '\u{1d7ce}\u{1d7d1}\u{1d7ce}\u{1d7cf}\u{1d7d0}\u{1d7d1}\u{1d7d2}\u{1d7d3}',
      'please call +٤٩ ٣٠ ١٢٣٤٥٦٧ today',
    ],
  },
  {
    what: 'separators',
    values: [
      '+49.30.1234567',
      '+49/30/1234567',
      '+49 (0)30 1234567',
      '030·123·4567',
      '030•1234567',
      '030–123–4567',
      '030−1234567',
      '030_123_4567',
      '030\u2009123\u202f4567',
      '090‐1234‐5678',
      '０９０ー１２３４ー５６７８',
      '\u202a+4930123456\u202c',
      '+49\u200b30\u200b1234567',
      '\u206603\u20690 1234567',
      '➕4930123456',
    ],
  },
  {
    what: 'URIs',
    values: [
      'tel:+49-30-1234567;ext=12',
      'TEL:+4930123456',
      'tel:7042;phone-context=example.org',
      'tel://7042',
      'tel:%2B4930123456',
      'sip:+4930123456@example.org;user=phone',
      'sip:jane@example.org',
      'sips:jane',
      'see <sip:4930123456>',
      'sms:+4930123456?body=hi',
      'callto:4930123456',
      'mailto:jane',
      '%2B49%2030%201234567',
    ],
  },
  {
    what: 'names for a number',
    values: [
      'Tel. 030 1234567',
      'call back: phone 030-1234567',
      'Fax: 030/1234567',
      'please call 030 1234567',
    ],
  },
  {
    what: 'e-mail addresses',
    values: [
      'jörg@müller.de',
      'иван@почта.рф',
      '用户@例子.公司',
      'jane＠x.org',
      'jane﹫x.org',
      'jane @ example.org',
      'jane [at] example.org',
      'jane(at)example.org',
      'jane&#64;example.org',
      'jane\u200b@\u200bx.org',
      '"jane doe"@x.org',
    ],
  },
];

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

test.each(FORMS.flatMap(({ what, values }) => values.map((value) => [what, value] as const)))(
  '%s: %j is not stored',
  (_what, value) => {
    expect(kept({ contact: value })).toEqual({});
  },
);

test.each([
  'gold',
  '120000 EUR',
  '11111111-2222-3333-4444-555555555555',
  'queue 7',
  '2026',
  'de-DE',
  'order 4711-0815-99',
  'a+b',
  '99 %',
  '100%',
  'café',
  'level ٣',
  'at (a) desk',
  'hotel: 5 stars',
  'call centre 3',
  'mobile app 2.0',
  'tel aviv',
  '1+1',
  'v1.2.3',
  'bbbbbbbb-cccc-dddd-eeee-000000000001',
  'arn:aws:connect:eu-central-1:123456789012:instance/11111111-2222-3333-4444-555555555555',
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

test.each<[path: string, value: Record<string, unknown>, kept: Record<string, unknown>]>([
  ['a.b', { a: [{ c: 1 }, 'b'] }, {}],
  ['a.b', { a: { b: 1, c: 2 } }, { a: { b: 1 } }],
  ['a.b', { a: { c: { b: 1 } } }, {}],
  ['a.b', { a: [{ b: 1, c: 2 }, { c: 3 }] }, { a: [{ b: 1 }] }],
  ['a.0', { a: 'text' }, {}],
  ['a.b', { b: 1, 'a.b': 2 }, { 'a.b': 2 }],
])('of the attribute %s in %j nothing else is stored', (path, value, kept) => {
  const named = { tagNames: [], segmentAttributePaths: [path] };
  const facts = { ...KEY, segmentAttributes: { at: 0, value: value as Record<string, string> } };
  expect(withoutPersonalData(facts, named).segmentAttributes?.value).toStrictEqual(kept);
});

test('what kind of contact it is is always stored', () => {
  const value = { 'connect:Subtype': 'connect:Telephony', 'connect:ValidationTestType': 'x', other: 'y' };
  const facts = withoutPersonalData({ ...KEY, segmentAttributes: { at: 0, value } }, policies);
  expect(facts.segmentAttributes?.value).toEqual({
    'connect:Subtype': 'connect:Telephony',
    'connect:ValidationTestType': 'x',
  });
});

test('what a policy names is stored, whatever it is', () => {
  expect(kept({ 'aws:connect:systemEndpoint': '+4930123456' })).toEqual({
    'aws:connect:systemEndpoint': '+4930123456',
  });
});
