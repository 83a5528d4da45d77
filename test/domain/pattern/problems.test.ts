import { describe, expect, test } from '@jest/globals';
import { compilePattern } from '../../../lambda/domain/pattern/index.ts';

const raw = String.raw;
const FIELDS = 'Write an object with at least one field: {"channel": ["VOICE"]}.';
const OPERATORS =
  'prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, cidr, exists, exactly';
const NUMBER = 'a number from -500000000000 to 500000000000 with at most 6 decimals';
const SHAPES = '["=", 5], ["<", 5], ["<=", 5], [">", 5], [">=", 5], or a range such as [">=", 1, "<", 5]';
const EXCLUDED =
  'strings or numbers, as one value or a list of one kind, or one of prefix, suffix, equals-ignore-case, wildcard';
const RANGES = 'an address range such as 10.0.0.0/8 (up to /31) or 2001:db8::/32 (up to /127)';
const OR = 'Write a list of two or more objects, one of which must hold: "$or": [{"a": [1]}, {"b": [2]}].';
const VALUES = 'strings, numbers, true, false, null and operators';

/** The JSON text of a pattern, and the code, path and message of its one problem. */
const cases: readonly (readonly [source: string, code: string, path: unknown[], message: string])[] = [
  ['null', 'not-an-object', [], `Found null. ${FIELDS}`],
  ['[1]', 'not-an-object', [], `Found [1]. ${FIELDS}`],
  ['{}', 'empty-object', [], `Found {}. ${FIELDS}`],
  ['{"a": {"b": {}}}', 'empty-object', ['a', 'b'], `Found {}. ${FIELDS}`],
  ['{"a": "VOICE"}', 'not-a-list', ['a'], 'Found "VOICE". A field takes a list of values: write ["VOICE"].'],
  ['{"a": null}', 'not-a-list', ['a'], 'Found null. A field takes a list of values: write [null].'],
  [
    '{"tier": {"prefix": "go"}}',
    'not-a-list',
    ['tier', 'prefix'],
    'Found "go". Put an operator in a list: "tier": [{"prefix": "go"}].',
  ],
  ['{"a": []}', 'empty-list', ['a'], 'Found an empty list. Write at least one value in it.'],
  [
    '{"a": ["x", ["y"]]}',
    'bad-value',
    ['a', 1],
    `Found ["y"] in the list of values. Write ${VALUES} directly into the list.`,
  ],
  [
    '{"a": [{"prefx": "go"}]}',
    'unknown-operator',
    ['a', 0, 'prefx'],
    'There is no operator "prefx" here. Write "prefix".',
  ],
  [
    '{"a": [{"rule": "angry customer"}]}',
    'unknown-operator',
    ['a', 0, 'rule'],
    'There is no operator "rule" here. Write "rule:angry customer".',
  ],
  [
    '{"a": [{"anythingBut": "go"}]}',
    'unknown-operator',
    ['a', 0, 'anythingBut'],
    'There is no operator "anythingBut" here. Write "anything-but".',
  ],
  [
    '{"a": [{"__proto__": "go"}]}',
    'unknown-operator',
    ['a', 0, '__proto__'],
    `There is no operator "__proto__" here. Write one of ${OPERATORS}.`,
  ],
  [
    '{"a": [{}]}',
    'not-one-operator',
    ['a', 0],
    `Found an empty object. Write an object with one key, which is one of ${OPERATORS}.`,
  ],
  [
    '{"a": [{"prefix": "x", "suffix": "y"}]}',
    'not-one-operator',
    ['a', 0],
    `Found 2 keys ("prefix, suffix"). Write an object with one key, which is one of ${OPERATORS}.`,
  ],
  ...(
    [
      ['{"not": "x"}', 'Write {"anything-but": "x"}.'],
      ['{"!=": ["x", "y"]}', 'Write {"anything-but": ["x","y"]}.'],
      ['{"startsWith": "x"}', 'Write {"prefix": "x"}.'],
      ['{"contains": "x"}', 'Write {"wildcard": "*x*"}.'],
      ['{"like": "x%"}', 'Write {"wildcard": "x*"}.'],
      ['{"regex": "^x.*y$"}', 'Write {"wildcard": "x*y"}.'],
      ['{"regex": "[xy]+"}', 'Write {"wildcard": "…"}.'],
      ['{"gt": 5}', 'Write {"numeric": [">", 5]}.'],
      ['{"<=": 5}', 'Write {"numeric": ["<=", 5]}.'],
      ['{"in": ["x", "y"]}', 'Write the value itself into the list, without an operator.'],
      ['{"$eq": "x"}', 'Write the value itself into the list, without an operator.'],
    ] as const
  ).map(([operator, advice]): [string, string, unknown[], string] => {
    const [name = ''] = Object.keys(JSON.parse(operator));
    const message = `There is no operator ${JSON.stringify(name)} here. ${advice}`;
    return [`{"a": [${operator}]}`, 'unknown-operator', ['a', 0, name], message];
  }),
  ...(
    [
      ['or', 'Write "$or": [{"a": [1]}, {"b": [2]}], a list of two or more objects, one of which must hold.'],
      [
        '$OR',
        'Write "$or": [{"a": [1]}, {"b": [2]}], a list of two or more objects, one of which must hold.',
      ],
      [
        'anyOf',
        'Write "$or": [{"a": [1]}, {"b": [2]}], a list of two or more objects, one of which must hold.',
      ],
      ['$and', 'Write all fields into one object, {"a": [1], "b": [2]}: each of them must hold.'],
      ['all', 'Write all fields into one object, {"a": [1], "b": [2]}: each of them must hold.'],
      ['not', 'Write anything-but in the list of each field: "a": [{"anything-but": [1]}].'],
    ] as const
  ).map(([name, advice]): [string, string, unknown[], string] => [
    `{"${name}": [{"a": [1]}, {"b": [2]}]}`,
    'bad-or',
    [name],
    `There is no "${name}" for patterns. ${advice}`,
  ]),
  [
    '{"a": [{"prefix": ["x", "y"]}]}',
    'not-a-string',
    ['a', 0, 'prefix'],
    'Found ["x","y"]. It takes one text: write {"prefix": "x"}, {"prefix": "y"}.',
  ],
  ['{"a": [{"prefix": 5}]}', 'not-a-string', ['a', 0, 'prefix'], 'Found 5. Write "5" in quotes.'],
  [
    '{"a": [{"suffix": {"prefix": "x"}}]}',
    'unknown-operator',
    ['a', 0, 'suffix', 'prefix'],
    'There is no operator "prefix" here. Write "equals-ignore-case".',
  ],
  [
    '{"a": [{"prefix": {"equals-ignore-case": ["x"]}}]}',
    'not-a-string',
    ['a', 0, 'prefix', 'equals-ignore-case'],
    'Found ["x"]. Write a string in quotes.',
  ],
  [
    '{"a": [{"exists": "true"}]}',
    'not-true-or-false',
    ['a', 0, 'exists'],
    'Found "true". Write true or false, without quotes.',
  ],
  [
    '{"a": [{"wildcard": "a**b"}]}',
    'bad-wildcard',
    ['a', 0, 'wildcard'],
    'Found ** at character 2. A single * matches any text.',
  ],
  [
    raw`{"a": [{"wildcard": "a*\\b"}]}`,
    'bad-wildcard',
    ['a', 0, 'wildcard'],
    raw`Found \b at character 3. Write \* for an asterisk and \\ for a backslash.`,
  ],
  [
    raw`{"a": [{"wildcard": "a\\"}]}`,
    'bad-wildcard',
    ['a', 0, 'wildcard'],
    raw`Found \ at character 2. Write \* for an asterisk and \\ for a backslash.`,
  ],
  ['{"a": [{"numeric": 5}]}', 'bad-numeric', ['a', 0, 'numeric'], `Found 5. Write ${SHAPES}.`],
  [
    '{"a": [{"numeric": [">", 1, "<"]}]}',
    'bad-numeric',
    ['a', 0, 'numeric'],
    `Found a list of 3. Write ${SHAPES}.`,
  ],
  [
    '{"a": [{"numeric": ["<", 5, "<", 6]}]}',
    'bad-comparison',
    ['a', 0, 'numeric', 0],
    'Found "<". Write one of ">", ">=" here. A range has its lower bound first: [">=", 1, "<", 5].',
  ],
  [
    '{"a": [{"numeric": ["==", 5]}]}',
    'bad-comparison',
    ['a', 0, 'numeric', 0],
    'Found "==". Write one of "=", "<", "<=", ">", ">=" here.',
  ],
  [
    '{"a": [{"numeric": [">", "5"]}]}',
    'not-a-number',
    ['a', 0, 'numeric', 1],
    'Found "5". Write 5, without quotes.',
  ],
  ['{"a": [{"numeric": "> 5"}]}', 'bad-numeric', ['a', 0, 'numeric'], 'Found "> 5". Write [">", 5].'],
  [
    '{"a": [{"numeric": ["<=5"]}]}',
    'bad-numeric',
    ['a', 0, 'numeric'],
    'Found a list of 1. Write ["<=", 5].',
  ],
  [
    '{"a": [{"numeric": [">", "5m"]}]}',
    'not-a-number',
    ['a', 0, 'numeric', 1],
    `Found "5m". Write ${NUMBER}, without quotes.`,
  ],
  [
    '[{"a": [1]}]',
    'not-an-object',
    [],
    'Found [{"a":[1]}]. Write the object itself, without the list around it.',
  ],
  [
    '[{"a": [1]}, {"b": [2]}]',
    'not-an-object',
    [],
    'Found [{"a":[1]},{"b":[2]}]. Write "$or": [{…}, {…}] in an object if one of them must hold, or one object with the fields of all.',
  ],
  [
    '{"a": [{"numeric": [">", 5e11, "<", 500000000001]}]}',
    'number-out-of-range',
    ['a', 0, 'numeric', 3],
    `Found 500000000001. Write ${NUMBER}, without quotes.`,
  ],
  [
    '{"a": [{"numeric": ["=", 0.1234567]}]}',
    'number-out-of-range',
    ['a', 0, 'numeric', 1],
    `Found 0.1234567. Write ${NUMBER}, without quotes.`,
  ],
  [
    '{"a": [{"numeric": [">=", 5, "<=", 5]}]}',
    'empty-range',
    ['a', 0, 'numeric'],
    'No number lies between 5 and 5. Write two different numbers, the smaller first.',
  ],
  [
    '{"a": [{"cidr": "10.0.0.1/32"}]}',
    'bad-cidr',
    ['a', 0, 'cidr'],
    `Found "10.0.0.1/32". Write ${RANGES}; for a single address write the address itself as a value.`,
  ],
  [
    '{"a": [{"cidr": "2001:db8::/128"}]}',
    'bad-cidr',
    ['a', 0, 'cidr'],
    `Found "2001:db8::/128". Write ${RANGES}; for a single address write the address itself as a value.`,
  ],
  [
    '{"a": [{"cidr": "10.0.0.0"}]}',
    'bad-cidr',
    ['a', 0, 'cidr'],
    `Found "10.0.0.0". Write ${RANGES}; for a single address write the address itself as a value.`,
  ],
  [
    '{"a": [{"anything-but": null}]}',
    'bad-exclusion',
    ['a', 0, 'anything-but'],
    `Found null. Write ${EXCLUDED}.`,
  ],
  [
    '{"a": [{"anything-but": []}]}',
    'empty-list',
    ['a', 0, 'anything-but'],
    'Found an empty list. Write at least one value in it.',
  ],
  [
    '{"a": [{"anything-but": ["x", 1]}]}',
    'mixed-list',
    ['a', 0, 'anything-but'],
    'Found strings and numbers in one list. Write a list of strings or a list of numbers.',
  ],
  [
    '{"a": [{"anything-but": [{"prefix": "x"}]}]}',
    'bad-exclusion',
    ['a', 0, 'anything-but', 0],
    `Found {"prefix":"x"}. Write ${EXCLUDED}. Put the operator outside the list: {"anything-but": {"prefix": ["a", "b"]}}.`,
  ],
  [
    '{"a": [{"anything-but": 1e12}]}',
    'number-out-of-range',
    ['a', 0, 'anything-but'],
    `Found 1000000000000. Write ${NUMBER}, without quotes.`,
  ],
  [
    '{"a": [{"anything-but": {"sufix": "x"}}]}',
    'unknown-operator',
    ['a', 0, 'anything-but', 'sufix'],
    'There is no operator "sufix" here. Write "suffix".',
  ],
  [
    '{"a": [{"anything-but": {"prefix": ["x", ""]}}]}',
    'empty-string',
    ['a', 0, 'anything-but', 'prefix', 1],
    'Found an empty string, which would exclude every string. Write at least one character.',
  ],
  [
    '{"a": [{"anything-but": {"suffix": ""}}]}',
    'empty-string',
    ['a', 0, 'anything-but', 'suffix'],
    'Found an empty string, which would exclude every string. Write at least one character.',
  ],
  [
    '{"a": [{"anything-but": {"prefix": 5}}]}',
    'not-a-string',
    ['a', 0, 'anything-but', 'prefix'],
    'Found 5. Write "5" in quotes.',
  ],
  [
    '{"a": [{"anything-but": ["x", null]}]}',
    'bad-exclusion',
    ['a', 0, 'anything-but', 1],
    `Found null. Write ${EXCLUDED}.`,
  ],
  [
    '{"a": [{"anything-but": {"suffix": []}}]}',
    'empty-list',
    ['a', 0, 'anything-but', 'suffix'],
    'Found an empty list. Write at least one value in it.',
  ],
  [
    '{"a": [{"anything-but": {"wildcard": ["x*", 5]}}]}',
    'not-a-string',
    ['a', 0, 'anything-but', 'wildcard', 1],
    'Found 5. Write "5" in quotes.',
  ],
  ['{"$or": {"a": [1]}}', 'bad-or', ['$or'], `Found {"a":[1]}. ${OR}`],
  ['{"a": {"$or": [{"b": [1]}]}}', 'bad-or', ['a', '$or'], `Found a list of 1. ${OR}`],
  ['{"$or": [{"a": [1]}, "b"]}', 'not-an-object', ['$or', 1], `Found "b". ${FIELDS}`],
  ['{"$or": [{"a": [1]}, {}]}', 'empty-object', ['$or', 1], `Found {}. ${FIELDS}`],
  [
    '{"$or": [{"a": [1]}, {"b": {"prefix": ["x"]}}]}',
    'reserved-name',
    ['$or', 1, 'b', 'prefix'],
    'Found a field with the name "prefix", which is reserved inside $or. ' +
      'Put an operator in a list of values: "b": [{"prefix": "x"}].',
  ],
  [
    '{"$or": [{"a": [1]}, {"regex": ["x"]}]}',
    'reserved-name',
    ['$or', 1, 'regex'],
    'Found a field with the name "regex", which is reserved inside $or. ' +
      'Put an operator in a list of values: "a": [{"prefix": "b"}].',
  ],
];

/** What a problem is about: the value at its path or, where the name itself is wrong, the name. */
const foundAt = (source: unknown, path: readonly unknown[], code: string) =>
  code === 'unknown-operator' || code === 'reserved-name' || (code === 'bad-or' && path.at(-1) !== '$or')
    ? path.at(-1)
    : path.reduce((value, part) => (value as Record<string, unknown>)[String(part)], source);

test.each(cases)('%s: %s', (source, code, path, message) => {
  const { pattern, problems } = compilePattern(JSON.parse(source));
  const found = foundAt(JSON.parse(source), path, code);
  expect(problems).toEqual([{ code, path, message, found, allowed: expect.stringMatching(/./) }]);
  expect(pattern).toBeUndefined();
});

test('a problem says what was found and what is allowed', () => {
  expect(compilePattern({ a: [{ exists: 1 }] }).problems).toEqual([
    {
      code: 'not-true-or-false',
      path: ['a', 0, 'exists'],
      message: 'Found 1. Write true or false, without quotes.',
      found: 1,
      allowed: 'true, false',
    },
  ]);
});

test('all problems are reported at once', () => {
  const { problems } = compilePattern({
    channel: 'VOICE',
    tags: { tier: [], lang: [{ prefix: 1 }, { nope: 1 }, { numeric: ['!', 'x'] }] },
    $or: [{ a: [[]] }, { numeric: [1], b: {} }],
  });
  expect(problems.map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual([
    'not-a-list channel',
    'empty-list tags.tier',
    'not-a-string tags.lang.0.prefix',
    'unknown-operator tags.lang.1.nope',
    'bad-comparison tags.lang.2.numeric.0',
    'not-a-number tags.lang.2.numeric.1',
    'bad-value $or.0.a.0',
    'reserved-name $or.1.numeric',
    'empty-object $or.1.b',
  ]);
});

describe('values that exist in YAML but not in JSON', () => {
  test.each([
    [Number.NaN, 'Found NaN in the list of values.'],
    [Number.POSITIVE_INFINITY, 'Found Infinity in the list of values.'],
    [undefined, 'Found nothing in the list of values.'],
    [10n, 'Found 10 in the list of values.'],
  ])('%p is reported', (value, found) => {
    expect(compilePattern({ a: [value] }).problems).toMatchObject([
      { code: 'bad-value', path: ['a', 0], message: `${found} Write ${VALUES} directly into the list.` },
    ]);
  });
});
