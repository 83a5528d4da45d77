import { expect, test } from '@jest/globals';
import { policyFromSource } from '../../../../lambda/domain/policy/from-source.ts';
import { partialPolicyWarnings, policyWarnings } from '../../../../lambda/domain/policy/warnings/index.ts';
import { DEFAULT_SETTINGS } from '../../../../lambda/domain/settings.ts';
import { readDocument } from '../../../../lambda/domain/validation/document.ts';

/* YAML reads a value without quotes otherwise than it looks. */

const STEPS = 'steps: [{ after: 0s, set: { age: 1m } }]\n';

/** The warnings about a policy in YAML, as `code path | message`. */
function warnings(yaml: string): string[] {
  const { value, written } = readDocument(yaml);
  const parsed = policyFromSource('a', value);
  const ofPolicy = (policy: string, path: Parameters<typeof written>[0]) =>
    policy === 'a' ? written(path) : undefined;
  const given = parsed.policy
    ? policyWarnings([parsed.policy], DEFAULT_SETTINGS, { written: ofPolicy })
    : parsed.partial && partialPolicyWarnings(parsed.partial, DEFAULT_SETTINGS, { written: ofPolicy });
  return (given ?? []).map(
    ({ code, policy, path, message }) => `${policy}: ${code} ${path.join('.')} | ${message}`,
  );
}

test.each<[pattern: string, place: string, message: string]>([
  [
    'segmentAttributes: { loyalty: [0x1F] }',
    'number-form segmentAttributes.loyalty.0',
    '0x1F is read as the number 31. Write 31, or "0x1F" in quotes for a text.',
  ],
  [
    'transfers: [0x2]',
    'number-form transfers.0',
    '0x2 is read as the number 2. Write 2, or "0x2" in quotes for a text.',
  ],
  [
    'tags: { code: [007] }',
    'value-type tags.code.0',
    'tags.code is always a text, and 007 without quotes is a number, so this never matches. Write "007" in quotes.',
  ],
  [
    'tags:\n    room:\n      - Room #5\n',
    'unlikely-text tags.room.0',
    '"Room #5" is read as "Room", since # begins a comment. Write a space after the #, or put the text in quotes.',
  ],
])('match: { %s }', (pattern, place, message) => {
  const [code, field] = place.split(' ');
  const found = warnings(`match:\n  ${pattern}\n${STEPS}`);
  expect(found).toEqual([`a: ${code} match.${field} | ${message}`]);
  const inStep = `steps:\n- after: 0s\n  set: { age: 1m }\n  when:\n    ${pattern.replaceAll('\n', '\n  ')}\n`;
  expect(warnings(inStep)).toEqual([`a: ${code} steps.0.when.${field} | ${message}`]);
});

test('a text that goes on in the next line', () => {
  const [warning, ...others] = warnings(`match:\n  tags:\n    tier:\n      - gold\n        silver\n${STEPS}`);
  expect(others).toEqual([]);
  expect(warning).toContain(
    'is read as "gold silver", since a text without quotes goes on in the next line.',
  );
});

test.each(['[gold]', '[5.0]', '[1e3]', '["gold #1"]', '[7]'])(
  'segmentAttributes: { a: %s } is in order',
  (list) => {
    expect(warnings(`match: { segmentAttributes: { a: ${list} } }\n${STEPS}`)).toEqual([]);
  },
);

test('the valid part of a policy with a problem has warnings, unless they are accepted', () => {
  const invalid = 'mode: on\nmatch: { segmentAttributes: { a: [0x1F] }, queueId: [x] }\n';
  expect(warnings(invalid + STEPS).map((warning) => warning.split(' | ')[0])).toEqual([
    'a: unknown-field match.queueId',
    'a: number-form match.segmentAttributes.a.0',
  ]);
  const accept = 'accept: { unknown-field: It will come. }\n';
  expect(warnings(invalid + accept + STEPS).map((warning) => warning.split(' | ')[0])).toEqual([
    'a: number-form match.segmentAttributes.a.0',
  ]);
});
