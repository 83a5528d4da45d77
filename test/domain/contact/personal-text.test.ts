import { expect, test } from '@jest/globals';
import { isPersonal } from '../../../lambda/domain/contact/personal-text.ts';

test.each([
  ['a number with a label of any word', 'Büro: 030 1234567'],
  ['a number with two labels', 'Büro: privat: 030 1234567'],
  ['a number between blanks', ' 030 1234567 '],
  ['a number after what is not seen', '\u200b 030 1234567 \u200b'],
  ['an international number in a text', 'please ring +49 30 1234567 today'],
  ['an international number without a plus', 'please ring 0049 30 1234567 today'],
  ['the same in digits of another script', 'please ring +٤٩ ٣٠ ١٢٣٤٥٦٧ today'],
  ['the same with the zeros of another script', 'please ring ٠٠٤٩ ٣٠ ١٢٣٤٥٦٧ today'],
  ['a number that is called one', 'his mobile 0171 1234567 works'],
  ['a short number as a URI', 'see tel:7042 there'],
  ['a person as a URI', 'see skype:jane there'],
  ['an address without a domain', 'jane@intranet'],
  ['an address with blanks', 'jane @ example.org'],
  ['an address that is written out', 'jane (at) example'],
])('%s: %j', (_what, text) => {
  expect(isPersonal(text)).toBe(true);
});

test.each([
  ['a number that no country has', 'about +0 30 1234567 units'],
  ['the same in digits of another script', 'about +٠ ٣٠ ١٢٣٤٥٦٧ units'],
  ['a number with more digits than a telephone has', 'about +12345678901234567 units'],
  ['a word after a number', '12 apples'],
  ['a sign between blanks', 'a @ b'],
])('not %s: %j', (_what, text) => {
  expect(isPersonal(text)).toBe(false);
});
