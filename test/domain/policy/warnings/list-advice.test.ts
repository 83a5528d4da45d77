import { expect, test } from '@jest/globals';
import { parsePolicy } from '../../../../lambda/domain/policy/parse.ts';
import { withListAdvice } from '../../../../lambda/domain/policy/warnings/list-advice.ts';
import { readDocument } from '../../../../lambda/domain/validation/document.ts';

/* Advice must not lead to a list that never matches. */

const WOULD_NOT = 'A field takes a list of values, and';

test.each([
  ['channel: VOICE', 'Found "VOICE". A field takes a list of values: write ["VOICE"].'],
  ['transfers: 2', 'Found 2. A field takes a list of values: write [2].'],
  ['segmentAttributes: { loyalty: 3 }', 'Found 3. A field takes a list of values: write [3].'],
  ['channel: { not: VOICE }', 'Put an operator in a list: "channel": [{"anything-but": "VOICE"}].'],
  ['channel: voice', `Found "voice". ${WOULD_NOT} ["voice"] would not do: channel is never "voice"`],
  ['channel:', `Found null. ${WOULD_NOT} [null] would not do: channel is never null`],
  ['channel: { VOICE: true }', `[true] would not do: No contact has the field "channel.VOICE"`],
  ['transfers: "2"', `["2"] would not do: transfers is always a whole number from 0`],
  ['tags: { zip: 7 }', 'Write "7" in quotes. Put it in brackets: [ … ].'],
  ['tags: { vip: true }', 'Write "true" in quotes. Put it in brackets: [ … ].'],
  ['tags: { tier: }', '"null" in quotes for the text. Put it in brackets: [ … ].'],
  ['channel: phone', 'Did you mean "VOICE"? Put it in brackets: [ … ].'],
  ['recentContacts: 50', '[50] would not do: recentContacts is always a whole number from 0 to 32'],
  ['tags: gold', `["gold"] would not do: No contact has the field "tags"`],
  ['tags: { zip: 01234 }', `tags.zip is always a text, and 01234 without quotes is a number`],
  ['tags: { tier: gold, platinum }', `Found null. ${WOULD_NOT} [null] would not do: `],
  ['tags: { tier: "gold, platinum" }', 'Write ["gold", "platinum"] for either of them.'],
  ['channel: fax', 'expected one of VOICE, CHAT, TASK, EMAIL.'],
  ['chanel: VOICE', 'Did you mean "channel"?'],
  ['prefix: gold', '["gold"] would not do: No contact has the field "prefix"'],
  ['tags: { tier: " gold" }', 'has a space at its beginning or end. Remove it. Put it in brackets: [ … ].'],
  ['$or: [{ channel: voice }, { tags: { a: [b] } }]', `["voice"] would not do: channel is never "voice"`],
])('match %s', (field, expected) => {
  for (const text of [
    `match: { ${field} }\nsteps: [{ after: 1m, set: { priority: 1 } }]\n`,
    `steps: [{ after: 1m, when: { ${field} }, set: { priority: 1 } }]\n`,
  ]) {
    const { written } = readDocument(text);
    const problems = withListAdvice(parsePolicy('a', text).problems, written);
    expect(problems.map(({ message }) => message)).toContainEqual(expect.stringContaining(expected));
  }
});

test.each([
  ['channel: fax', 'expected one of VOICE, CHAT, TASK, EMAIL.'],
  ['chanel: VOICE', 'Did you mean "channel"?'],
  ['tags: gold', 'such as "tags: { tier: [gold] }".'],
])('where no other value is to be written, nothing is put in brackets: match %s', (field, end) => {
  const text = `match: { ${field} }\nsteps: [{ after: 1m, set: { priority: 1 } }]\n`;
  const [problem, ...others] = withListAdvice(parsePolicy('a', text).problems, () => undefined);
  expect(others).toEqual([]);
  expect(problem?.message.endsWith(end)).toBe(true);
  expect(problem).toMatchObject({ code: 'not-a-list', path: ['match', field.split(':')[0]] });
});

test('a problem of another kind, or of a condition, remains as it is', () => {
  const problem = { code: 'not-a-list', path: ['match', 'channel'], message: '…', found: 'voice' };
  const adviceOf = (other: object) =>
    withListAdvice([{ ...problem, allowed: '…', ...other }], () => undefined);
  expect(adviceOf({})).toEqual([expect.objectContaining({ message: expect.stringContaining(WOULD_NOT) })]);
  for (const other of [
    { code: 'wrong-type' },
    { path: ['when', 'waiting'] },
    { path: ['when', '$or', 0, 'waiting'] },
    { path: ['until', 'waiting', 0] },
  ])
    expect(adviceOf(other)).toEqual([{ ...problem, allowed: '…', ...other }]);
});
