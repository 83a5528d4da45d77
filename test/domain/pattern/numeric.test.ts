import { expect, test } from '@jest/globals';
import { compilePattern } from '../../../lambda/domain/pattern/index.ts';

const problemsOf = (operand: unknown) => compilePattern({ a: [{ numeric: operand }] }).problems;
const FORMS = 'Write ["=", 5], ["<", 5]';

test.each([
  ['> 5', 'Write [">", 5].'],
  ['> 50', 'Write [">", 50].'],
  [' <= -1.5 ', 'Write ["<=", -1.5].'],
  ['==7', 'Write ["=", 7].'],
  [['> 5'], 'Write [">", 5].'],
  [['> 5', '< 7', 1], FORMS],
  ['5', FORMS],
  [['>', 1, '<'], FORMS],
  [5, FORMS],
])('%j is no comparison, and the advice says what to write', (operand, advice) => {
  expect(problemsOf(operand)).toMatchObject([
    { code: 'bad-numeric', message: expect.stringContaining(advice) },
  ]);
});

test.each([
  [
    ['>', '9', '<', '5'],
    ['not-a-number 1', 'not-a-number 3'],
  ],
  [
    ['<', 9, '>', 5],
    ['bad-comparison 0', 'bad-comparison 2'],
  ],
  [
    [5, 9, 6, 5],
    ['bad-comparison 0', 'bad-comparison 2'],
  ],
  [['>', 9, '<', 5], ['empty-range numeric']],
])(
  'of a range %j each part is reported, and its order only where the parts are right',
  (operand, expected) => {
    expect(problemsOf(operand).map(({ code, path }) => `${code} ${path.at(-1)}`)).toEqual(expected);
  },
);

test.each([
  [['<', 9, '>', 5], 2],
  [['!', 9, '>', 5], 1],
  [[null, 5], 0],
])('only a comparison that stands in the wrong place is sent to the other one: %j', (operand, count) => {
  const hints = problemsOf(operand).filter(({ message }) => message.includes('lower bound first'));
  expect(hints).toHaveLength(count);
});
