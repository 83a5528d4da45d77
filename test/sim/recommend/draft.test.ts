import { describe, expect, test } from '@jest/globals';
import { isLeftOut, parseDraft, policyText } from '../../../sim/recommend/draft/draft.ts';
import { observing } from '../../../sim/recommend/draft/observing.ts';

const TEXT = `# Gold first.
match: { tags: { tier: [gold] } }
steps:
  - after: { try: [0s, 30s] } # soon
    set: { priority: 3 }
  - after: { try: ["1m", never] }
    set: { priority: { try: [2, 1] } }
`;
const { draft } = parseDraft('gold', TEXT);

describe('a draft', () => {
  test('has its choices in the order of the text', () => {
    expect(draft.choices).toStrictEqual([
      { path: ['steps', 0, 'after'], values: ['0s', '30s'] },
      { path: ['steps', 1, 'after'], values: ['1m', 'never'] },
      { path: ['steps', 1, 'set', 'priority'], values: [2, 1] },
    ]);
  });

  test('becomes a policy in which all else stays as it was written', () => {
    expect(policyText(draft, [1, 0, 1])).toBe(`# Gold first.
match: { tags: { tier: [gold] } }
steps:
  - after: 30s # soon
    set: { priority: 3 }
  - after: "1m"
    set: { priority: 1 }
`);
  });

  test('leaves a step out whose time is never', () => {
    expect(policyText(draft, [0, 1, 0])).toBe(`# Gold first.
match: { tags: { tier: [gold] } }
steps:
  - after: 0s # soon
    set: { priority: 3 }
`);
    expect(draft.choices.map((choice) => isLeftOut(choice, draft.choices, [0, 1, 0]))).toStrictEqual([
      false,
      false,
      true,
    ]);
  });

  test.each([
    ['steps:\n  - { after: { try: [never] }, set: { priority: 1 } }\n', undefined],
    ['target: 3m\nsteps:\n  - { after: { try: [never] }, set: { priority: 1 } }\n', 'target: 3m\n'],
    [
      '{ "steps": [{ "after": { "try": ["never"] }, "set": { "priority": 2 } }, { "after": "1m", "set": { "priority": 1 } }] }',
      '{ "steps": [ { "after": "1m", "set": { "priority": 1 } } ] }\n',
    ],
    ['target: { try: [2m] }\n', 'target: 2m\n'],
    ['steps: [{ after: 0s, set: { priority: 1 } }]\n', 'steps: [{ after: 0s, set: { priority: 1 } }]\n'],
  ])('%j becomes %j', (text, expected) => {
    const parsed = parseDraft('p', text);
    expect(parsed.problems).toStrictEqual([]);
    expect(
      policyText(
        parsed.draft,
        parsed.draft.choices.map(() => 0),
      ),
    ).toBe(expected);
  });

  test.each<[text: string, column: number, message: string]>([
    [
      'target: { try: [] }',
      16,
      'Found []; expected a list of at least one value, such as { try: [0s, 30s, 60s] }.',
    ],
    [
      'target: { try: 3m }',
      16,
      'Found "3m"; expected a list of at least one value, such as { try: [0s, 30s, 60s] }.',
    ],
    [
      'target: { try: [never] }',
      17,
      'Found "never"; expected a value; never leaves out a step, so it stands at after, by or from.',
    ],
    ['target: { try: [3m, 3m] }', 21, 'Found "3m"; expected each value once.'],
    ['target: { try: [[3m]] }', 17, 'Found ["3m"]; expected a text or a number.'],
  ])('%j has a problem', (text, column, message) => {
    const { problems } = parseDraft('p', text);
    expect(problems.map((one) => [one.column, one.message])).toStrictEqual([[column, message]]);
  });
});

test.each([
  ['target: 3m\n', 'target: 3m\nmode: observe\n'],
  ['mode: enforce # now\ntarget: 3m\n', 'mode: observe # now\ntarget: 3m\n'],
  ['{ "target": "3m" }', '{ "target": "3m", mode: observe }\n'],
])('%j observes as %j', (text, expected) => {
  expect(observing(text)).toBe(expected);
});
