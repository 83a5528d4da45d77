import { expect, test } from '@jest/globals';
import { unlikelyText } from '../../../lambda/domain/validation/unlikely-text.ts';

test.each<[text: string, says: string]>([
  ['gold\ufffd', 'has a replacement character where a letter was lost.'],
  ['gold\ud800', 'has half of a character. Write the whole character.'],
  [
    'MÃ¼nchen',
    'has letters that were read in another encoding. Write "München", and save the file as UTF-8.',
  ],
  ['10 â‚¬', 'has letters that were read in another encoding. Write "10 €", and save the file as UTF-8.'],
  ['a &amp; b', 'has a character as HTML writes it.'],
  ['caf\\u00e9', 'has an escape, which YAML reads only in double quotes.'],
  ['a%20b', 'has a character as an address writes it.'],
  ['a\nb', 'has the end of a line in it.'],
  ['a\u00a0b', 'has a space that is not the plain one.'],
  ['go\u200bld', 'has a character that nobody can see.'],
  [' gold', 'has a space at its beginning or end.'],
  ['“gold”', 'has quotes that are part of the text. Put it in straight quotes alone: "gold".'],
  ['" gold "', 'has quotes that are part of the text. Put it in straight quotes alone: "gold".'],
  ['a‑b', 'has a hyphen that is not the plain one.'],
  ['gоld', 'has a letter of another alphabet that looks like a usual one.'],
  ['Ｇold', 'has a letter of another alphabet that looks like a usual one.'],
  ['cafe\u0301', 'has letters with separate accents, which differ from the usual ones.'],
])('%j %s', (text, says) => {
  expect(unlikelyText(text, true)?.startsWith(says)).toBe(true);
});

test.each(['gold', '"', 'München', 'ÿ', '10 €', 'Москва', '👩‍🚒', 'Tom & Jerry', '100%', 'a-b', ''])(
  '%j is an ordinary text',
  (text) => {
    expect(unlikelyText(text, true)).toBeUndefined();
  },
);

test.each([' gold', 'gold ', '"gold"'])('a part of a text may be %j', (text) => {
  expect(unlikelyText(text, false)).toBeUndefined();
});
