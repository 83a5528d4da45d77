import { describe, expect, test } from '@jest/globals';
import { DURATION_FORM } from '../../../../lambda/domain/duration.ts';
import { parseRoute } from '../../../../lambda/domain/policy/route/parse.ts';
import { formatProblem } from '../../../../lambda/domain/validation/problem.ts';

const ANN = '11111111-2222-3333-4444-555555555555';
const BEN = '66666666-7777-8888-9999-000000000000';

/** The problems of a list, as lines. */
const problemsOf = (source: unknown) => parseRoute(source, ['route']).problems.map(formatProblem);

const OPERATOR = 'expected ">=" with a level, such as ">= 3", or a range, such as "2..4".';
const LEVEL = 'expected a whole number from 1 to 5.';
const AFTER = 'expected "and", "or", "for" or the end of the step.';
const ATTRIBUTE = 'expected a name and a value with a colon between them, such as "Language:English >= 3".';
const DURATION = `expected ${DURATION_FORM} and at least 1s.`;
const AGENTS = `expected user ids separated by commas, such as "agents ${ANN}, ${BEN}".`;
const NO_PARENTHESES =
  'expected no parentheses: write "A and B or A and C" for "A and (B or C)", and put a name or value that contains them in quotes.';
const QUOTES =
  'expected straight quotes around a whole name or value, with \\" for a quote and \\\\ for a backslash inside.';

describe('a problem of a step has its column and says what to write instead', () => {
  test.each<[text: string, ...problems: string[]]>([
    // Operators.
    ['Language:English ≥ 4', `Column 18: found "≥"; ${OPERATOR} Did you mean ">= 4"? (route-operator)`],
    ['Language:English => 4', `Column 18: found "=>"; ${OPERATOR} Did you mean ">= 4"? (route-operator)`],
    ['Language:English > 3', `Column 18: found ">"; ${OPERATOR} Did you mean ">= 4"? (route-operator)`],
    ['Language:English = 3', `Column 18: found "="; ${OPERATOR} Did you mean "3..3"? (route-operator)`],
    ['Language:English < 3', `Column 18: found "<"; ${OPERATOR} Did you mean "1..2"? (route-operator)`],
    ['Language:English <= 3', `Column 18: found "<="; ${OPERATOR} Did you mean "1..3"? (route-operator)`],
    ['Language:English ≤ 3', `Column 18: found "≤"; ${OPERATOR} Did you mean "1..3"? (route-operator)`],
    ['Language:English =< 4', `Column 18: found "=<"; ${OPERATOR} Did you mean "1..4"? (route-operator)`],
    ['Language:English == 2', `Column 18: found "=="; ${OPERATOR} Did you mean "2..2"? (route-operator)`],
    ['Language:English ≠ 3', `Column 18: found "≠"; ${OPERATOR} (route-operator)`],
    ['Language:English 1…5', `Column 19: found "…"; ${OPERATOR} Did you mean "1..5"? (route-operator)`],
    ['Language:connect', `Column 17: found nothing; ${OPERATOR} Did you mean ">= 1"? (route-level)`],
    [
      'Language:connect:',
      'Column 17: found ":"; expected "and" or "or" before the next condition, or the whole value in quotes. (route-attribute)',
      `Column 18: found nothing; ${OPERATOR} Did you mean ">= 1"? (route-level)`,
    ],
    ['A:x 1..2..3', `Column 9: found ".."; ${AFTER} (route-keyword)`],
    ['A:3', `Column 3: found "3"; ${OPERATOR} Did you mean ">= 3"? (route-level)`],
    ['A:9', `Column 4: found nothing; ${OPERATOR} Did you mean ">= 1"? (route-level)`],
    ['A:x 0', `Column 5: found "0"; ${OPERATOR} (route-level)`],
    ['A:x 1.5', `Column 5: found "1.5"; ${OPERATOR} (route-level)`],
    ['A:x 5-2', `Column 5: found "5-2"; ${OPERATOR} Did you mean "2..5"? (route-level)`],
    ['A:x 3–4', `Column 5: found "3–4"; ${OPERATOR} Did you mean "3..4"? (route-level)`],
    [
      'A:x >= 1 and A:x 3',
      'Column 14: found "A:x"; expected each attribute once in an expression. (repeated-attribute)',
      `Column 18: found "3"; ${OPERATOR} Did you mean ">= 3"? (route-level)`,
    ],
    [
      'A:x ...4',
      'Column 5: found "..."; expected a whole number from 1 to 5 before it. (route-level)',
      `Column 5: found "..."; ${OPERATOR} Did you mean "1..4"? (route-operator)`,
    ],
    [
      'A:x 2...',
      `Column 6: found "..."; ${OPERATOR} Did you mean "2..5"? (route-operator)`,
      `Column 9: found nothing; ${LEVEL} (route-level)`,
    ],
    ['A:x 0..4', `Column 5: found 0; ${LEVEL} (out-of-range)`],
    [
      'A:x 9..2',
      'Column 5: found "9..2"; expected the lower level first. (route-level)',
      `Column 5: found 9; ${LEVEL} (out-of-range)`,
    ],
    [
      'A:x 2..0',
      'Column 5: found "2..0"; expected the lower level first. (route-level)',
      `Column 8: found 0; ${LEVEL} (out-of-range)`,
    ],
    ['A:>= 3', 'Column 3: found nothing; expected a value, as in "Language:English >= 3". (route-attribute)'],
    [
      'A: 2..4',
      'Column 4: found nothing; expected a value, as in "Language:English >= 3". (route-attribute)',
    ],
    ['A:x 2..', `Column 8: found nothing; ${LEVEL} (route-level)`],
    ['A:x >=', `Column 7: found nothing; ${LEVEL} (route-level)`],
    [
      'A:x < high',
      `Column 5: found "<"; ${OPERATOR} (route-operator)`,
      `Column 7: found "high"; ${LEVEL} (route-level)`,
    ],
    [
      `A:${'y'.repeat(129)} 2..3`,
      `Column 3: found "${'y'.repeat(56)}...; expected a string of 1 to 128 characters. (out-of-range)`,
    ],
    [
      `${'n'.repeat(101)}:x >= 1`,
      `Column 1: found "${'n'.repeat(56)}...; expected a string of 1 to 100 characters. (out-of-range)`,
    ],
    ['>= 3', `Column 1: found ">= 3"; ${ATTRIBUTE} (route-attribute)`],
    ['A B C >= 1', `Column 1: found "A B C >= 1"; ${ATTRIBUTE} (route-attribute)`],
    ['"A" b:x >= 1', 'Column 1: found "\\"A\\""; expected the whole name in quotes. (route-attribute)'],
    ...[
      ['ro', 'or'],
      ['adn', 'and'],
      ['plus', 'and'],
      ['+', 'and'],
      ['&', 'and'],
      ['&&', 'and'],
      ['|', 'or'],
      ['||', 'or'],
      ['ans', 'and'],
    ].map(([word, keyword]): [string, string] => [
      `A:x >= 1 ${word} B:y >= 2`,
      `Column 10: found "${word}"; ${AFTER} Did you mean "${keyword}"? (route-keyword)`,
    ]),
    ['A:x >= 1 FRO 30s', `Column 10: found "FRO"; ${AFTER} Did you mean "for"? (route-keyword)`],
    [
      'A:x >= 1 fro',
      `Column 10: found "fro"; ${AFTER} Did you mean "for"? (route-keyword)`,
      `Column 13: found nothing; ${DURATION} (route-expiry)`,
    ],
    [
      'A:x >= high fro 30s',
      `Column 8: found "high"; ${LEVEL} (route-level)`,
      `Column 13: found "fro"; ${AFTER} Did you mean "for"? (route-keyword)`,
    ],
    [
      'no "Language":English >= 3',
      'Column 1: found "no"; expected "not" before the condition, or the whole name in quotes if it begins with this. ' +
        'Did you mean "not"? (route-keyword)',
    ],
    [
      'A:x >= 2..',
      'Column 9: found ".."; expected either ">=" with a level or a range, not both. (route-operator)',
    ],
    [
      'A:',
      `Column 3: found nothing; ${OPERATOR} Did you mean ">= 1"? (route-level)`,
      'Column 3: found nothing; expected a value, as in "Language:English >= 3". (route-attribute)',
    ],
    [
      'A:..4',
      'Column 3: found ".."; expected a whole number from 1 to 5 before it. (route-level)',
      'Column 3: found nothing; expected a value, as in "Language:English >= 3". (route-attribute)',
    ],
    ['A:x >= 1 fro 30s', `Column 10: found "fro"; ${AFTER} Did you mean "for"? (route-keyword)`],
    ['Language:English 2-9', `Column 18: found "2-9"; ${OPERATOR} (route-level)`],
    ['Language:English 9', `Column 18: found "9"; ${OPERATOR} (route-level)`],
    ['Language:English 3..9', `Column 21: found 9; ${LEVEL} (out-of-range)`],
    ...['in', 'between', 'is', 'has at least', 'with level'].map((words): [string, string] => [
      `Language:English ${words} 2..4`,
      `Column 18: found "${words}"; expected ">=" or a range directly after the value, without "${words}", or the whole ` +
        'value in quotes. (route-attribute)',
    ]),
    ...['no', 'non', 'nto', 'ont', 'nt', 'nott', 'noot', 'without', 'except', 'No'].map(
      (word): [string, string] => [
        `${word} Language:English >= 3`,
        `Column 1: found "${word}"; expected "not" before the condition, or the whole name in quotes if it begins with ` +
          'this. Did you mean "not"? (route-keyword)',
      ],
    ),
    ['Language:English < 1', `Column 18: found "<"; ${OPERATOR} (route-operator)`],
    ['Language:English > 5', `Column 18: found ">"; ${OPERATOR} (route-operator)`],
    ['Language:English != 3', `Column 18: found "!="; ${OPERATOR} (route-operator)`],
    ['Language:English 2...4', `Column 19: found "..."; ${OPERATOR} Did you mean "2..4"? (route-operator)`],
    [
      'Language:English >= 2..4',
      'Column 22: found ".."; expected either ">=" with a level or a range, not both. Did you mean "2..4"? (route-operator)',
    ],
    [
      "'Main language':English >= 4",
      'Column 1: found "\'Main language\'"; expected double quotes around a whole name. Did you mean "\\"Main language\\""? (route-quote)',
    ],
    [
      "Language:'English' 2..4",
      'Column 10: found "\'English\'"; expected double quotes around a whole value. Did you mean "\\"English\\""? (route-quote)',
    ],
    // Levels.
    ['Language:English', `Column 17: found nothing; ${OPERATOR} Did you mean ">= 1"? (route-level)`],
    ['Language:English 3', `Column 18: found "3"; ${OPERATOR} Did you mean ">= 3"? (route-level)`],
    ['Language:English 2-4', `Column 18: found "2-4"; ${OPERATOR} Did you mean "2..4"? (route-level)`],
    ['Language:English >=', `Column 20: found nothing; ${LEVEL} (route-level)`],
    ['Language:English >= good', `Column 21: found "good"; ${LEVEL} (route-level)`],
    ['Language:English >= 0', `Column 21: found 0; ${LEVEL} (out-of-range)`],
    ['Language:English >= 6', `Column 21: found 6; ${LEVEL} (out-of-range)`],
    ['Language:English >= -1', `Column 21: found -1; ${LEVEL} (out-of-range)`],
    ['Language:English >= 2.5', `Column 21: found 2.5; ${LEVEL} (out-of-range)`],
    [
      'Language:English 0..9',
      `Column 18: found 0; ${LEVEL} (out-of-range)`,
      `Column 21: found 9; ${LEVEL} (out-of-range)`,
    ],
    [
      'Language:English 4..2',
      'Column 18: found "4..2"; expected the lower level first. Did you mean "2..4"? (route-level)',
    ],
    [
      'Language:English ..4',
      'Column 18: found ".."; expected a whole number from 1 to 5 before it. (route-level)',
    ],
    ['Language:English 2..', `Column 21: found nothing; ${LEVEL} (route-level)`],
    // Names and values.
    [
      'Language English >= 3',
      `Column 1: found "Language English >= 3"; ${ATTRIBUTE} Did you mean "Language:English"? (route-attribute)`,
    ],
    [
      'Language=English 2..4',
      `Column 1: found "Language=English 2..4"; ${ATTRIBUTE} Did you mean "Language:English"? (route-attribute)`,
    ],
    ['Language', `Column 1: found "Language"; ${ATTRIBUTE} (route-attribute)`],
    [
      ':English >= 3',
      'Column 1: found nothing; expected a name, as in "Language:English >= 3". (route-attribute)',
    ],
    [
      'Language: >= 3',
      'Column 11: found nothing; expected a value, as in "Language:English >= 3". (route-attribute)',
    ],
    [
      'A:x B:y >= 2',
      'Column 6: found ":"; expected "and" or "or" before the next condition, or the whole value in quotes. (route-attribute)',
    ],
    ['A,B:y >= 2', 'Column 2: found ","; expected the whole name in quotes. (route-attribute)'],
    ['A:x "y" >= 2', 'Column 5: found "\\"y\\""; expected the whole value in quotes. (route-attribute)'],
    ['"":y >= 2', 'Column 1: found ""; expected a string of 1 to 100 characters. (out-of-range)'],
    [
      `A:${'v'.repeat(129)} >= 1`,
      `Column 3: found "${'v'.repeat(56)}...; expected a string of 1 to 128 characters. (out-of-range)`,
    ],
    // Keywords.
    [
      'A:x >= 4 adn B:y > 2',
      `Column 10: found "adn"; ${AFTER} Did you mean "and"? (route-keyword)`,
      `Column 18: found ">"; ${OPERATOR} Did you mean ">= 3"? (route-operator)`,
    ],
    [
      'A:x >= 1 && B:y 1..2 || C:z >= 1, D:w >= 9',
      `Column 10: found "&&"; ${AFTER} Did you mean "and"? (route-keyword)`,
      `Column 22: found "||"; ${AFTER} Did you mean "or"? (route-keyword)`,
      `Column 33: found ","; ${AFTER} Did you mean "and"? (route-keyword)`,
      `Column 42: found 9; ${LEVEL} (out-of-range)`,
    ],
    ['A:x >= 1 fro 30s', `Column 10: found "fro"; ${AFTER} Did you mean "for"? (route-keyword)`],
    ['A:x >= 1 B:y >= 2', `Column 10: found "B"; ${AFTER} (route-keyword)`],
    ['A:x >= 1 constructor', `Column 10: found "constructor"; ${AFTER} (route-keyword)`],
    [
      'no Language:French >= 3',
      'Column 1: found "no"; expected "not" before the condition, or the whole name in quotes if it begins with this. ' +
        'Did you mean "not"? (route-keyword)',
    ],
    [
      '!Language:French >= 3',
      'Column 1: found "!"; expected "not" before the condition, or the whole name in quotes if it begins with this. ' +
        'Did you mean "not"? (route-keyword)',
    ],
    [
      'Language:not French >= 3',
      'Column 10: found "not"; expected "not" once, before the whole condition, or the whole value in quotes. (route-attribute)',
    ],
    [
      'not not A:x >= 1',
      'Column 5: found "not"; expected "not" once, before the whole condition, or the whole name in quotes. (route-attribute)',
    ],
    // Missing conditions.
    ['', 'Column 1: found nothing; expected a condition, such as "Language:English >= 3". (route-condition)'],
    [
      'or A:x >= 1 and ',
      'Column 1: found nothing; expected a condition, such as "Language:English >= 3". (route-condition)',
      'Column 16: found nothing; expected a condition, such as "Language:English >= 3". (route-condition)',
    ],
    [
      'not',
      'Column 4: found nothing; expected a condition, such as "Language:English >= 3". (route-condition)',
    ],
    // Expiries.
    ['A:x >= 1 for 1 sec', `Column 14: found "1 sec"; ${DURATION} Did you mean "1s"? (route-expiry)`],
    ['A:x >= 1 for 1m 30s', `Column 14: found "1m 30s"; ${DURATION} Did you mean "1m30s"? (route-expiry)`],
    ['A:x >= 1 for soon please', `Column 14: found "soon please"; ${DURATION} (route-expiry)`],
    [
      'A:x >= 1 for 1s later',
      'Column 17: found "later"; expected the end of the step after its duration: write a further step as a string of its own. (route-expiry)',
    ],
    ['A:x >= 1 for', `Column 13: found nothing; ${DURATION} (route-expiry)`],
    ['A:x >= 1 for 30', `Column 14: found "30"; ${DURATION} Did you mean "30s"? (route-expiry)`],
    ['A:x >= 1 for 2 Minutes', `Column 14: found "2 Minutes"; ${DURATION} Did you mean "2m"? (route-expiry)`],
    ['A:x >= 1 for ever', `Column 14: found "ever"; ${DURATION} (route-expiry)`],
    ['A:x >= 1 for 0s', `Column 14: found "0s"; ${DURATION} (route-expiry)`],
    ['A:x >= 1 for 999999h', `Column 14: found "999999h"; ${DURATION} (route-expiry)`],
    [
      'A:x >= 1 for 30s and B:y >= 6',
      'Column 10: found "for"; expected "for" once, at the end of the step. (route-expiry)',
      `Column 29: found 6; ${LEVEL} (out-of-range)`,
    ],
    // Agents.
    ['agents', `Column 7: found nothing; ${AGENTS} (route-agents)`],
    [`agents jane, ${ANN}`, `Column 8: found "jane"; ${AGENTS} (route-agents)`],
    [`agents ${ANN.slice(1)}`, `Column 8: found "${ANN.slice(1)}"; ${AGENTS} (route-agents)`],
    [`agents ${ANN},`, `Column 45: found nothing; ${AGENTS} (route-agents)`],
    [
      `agents ${ANN} ${BEN}`,
      `Column 8: found "${ANN} ${BEN.slice(0, 19)}...; ${AGENTS} Did you mean "${ANN}, ${BEN}"? (route-agents)`,
    ],
    [
      `agents arn:aws:connect:r:1:instance/i/agent/${ANN}`,
      `Column 8: found "arn:aws:connect:r:1:instance/i/agent/${ANN.slice(0, 19)}...; ${AGENTS} Did you mean "${ANN}"? (route-agents)`,
    ],
    [
      `agents: ${ANN}`,
      `Column 7: found ":"; ${AGENTS.slice(0, -1)}; put the name of an attribute in quotes. (route-agents)`,
    ],
    [
      `agent ${ANN}`,
      'Column 1: found "agent"; expected "agents" before user ids. Did you mean "agents"? (route-keyword)',
    ],
    [
      `agents ${Array.from({ length: 11 }, () => ANN).join(',')}`,
      'Column 378: found 11 entries; expected a list of 1 to 10 user ids. (out-of-range)',
    ],
    // Parentheses and quotes.
    [
      'A:x >= 1 and (B:y >= 2 or C:z ≥ 1)',
      `Column 14: found "("; ${NO_PARENTHESES} (route-parenthesis)`,
      `Column 31: found "≥"; ${OPERATOR} Did you mean ">= 1"? (route-operator)`,
    ],
    ['"A:x >= 1', `Column 1: found "\\""; ${QUOTES} (route-quote)`],
    ['A:"\\x" >= 1', `Column 3: found "\\"\\\\x\\""; ${QUOTES} (route-quote)`],
    ['A:“x” >= 1', `Column 3: found "“"; ${QUOTES} Did you mean "A:\\"x\\" >= 1"? (route-quote)`],
    // Limits of the criteria.
    [
      'A:x >= 1 or B:y >= 2 or C:z >= 3 or D:w >= 1; E:v >= 1 or',
      'Column 37: found 4 entries; expected a list of 1 to 3 branches. (out-of-range)',
      `Column 45: found ";"; ${AFTER} Did you mean "and"? (route-keyword)`,
      'Column 58: found nothing; expected a condition, such as "Language:English >= 3". (route-condition)',
    ],
    [
      'A:x >= 1 or B:y >= 2 or C:z >= 3 or D:w >= 1',
      'Column 37: found 4 entries; expected a list of 1 to 3 branches. (out-of-range)',
    ],
    [
      Array(4).fill(`agents ${ANN}`).join(' or '),
      'Column 142: found 4 entries; expected a list of 1 to 3 branches. (out-of-range)',
    ],
    [
      Array.from({ length: 9 }, (_, index) => `A${index}:x >= 1`).join(' and '),
      'Column 113: found 9 entries; expected a list of 1 to 8 conditions. (out-of-range)',
    ],
    [
      'A:x >= 1 and A:x',
      'Column 14: found "A:x"; expected each attribute once in an expression. (repeated-attribute)',
      `Column 17: found nothing; ${OPERATOR} Did you mean ">= 1"? (route-level)`,
    ],
  ])('%s', (text, ...problems) => {
    expect(problemsOf([text])).toEqual(problems.map((problem) => `route[0]: ${problem}`));
  });
});

describe('the parts of a step', () => {
  const CONDITION = 'expected a condition, such as "Language:English >= 3".';

  test.each<[text: string, problem: string]>([
    ['A:x >= 1, "for":y >= 2', `Column 9: found ","; ${AFTER} Did you mean "and"? (route-keyword)`],
    [', for 30s', `Column 1: found ","; ${ATTRIBUTE} (route-attribute)`],
    [';', `Column 1: found ";"; ${ATTRIBUTE} (route-attribute)`],
    [`AGENTS ${ANN},`, `Column 45: found nothing; ${AGENTS} (route-agents)`],
    ['A:x >= 1 for 0', `Column 14: found "0"; ${DURATION} (route-expiry)`],
    ['A:x >= 1 for 0s later', `Column 14: found "0s later"; ${DURATION} (route-expiry)`],
    ['A:x >= 1 for', `Column 13: found nothing; ${DURATION} (route-expiry)`],
    ['A:x >= 1 for 90', `Column 14: found "90"; ${DURATION} Did you mean "90s"? (route-expiry)`],
    [
      'A:x >= 1 for 30s for 1m',
      'Column 10: found "for"; expected "for" once, at the end of the step. (route-expiry)',
    ],
    [
      'A:x >= 1 for 30s and B:y >= 2',
      'Column 10: found "for"; expected "for" once, at the end of the step. (route-expiry)',
    ],
    ['for 30s', `Column 1: found nothing; ${CONDITION} (route-condition)`],
    ['and A:x >= 1', `Column 1: found nothing; ${CONDITION} (route-condition)`],
    ['A:x >= 1 or for 30s', `Column 12: found nothing; ${CONDITION} (route-condition)`],
    ['not', `Column 4: found nothing; ${CONDITION} (route-condition)`],
    [
      'not not A:x >= 1',
      'Column 5: found "not"; expected "not" once, before the whole condition, or the whole name in quotes. (route-attribute)',
    ],
  ])('%s', (text, problem) => {
    expect(problemsOf([text])).toEqual([`route[0]: ${problem}`]);
  });
});

describe('problems of the list', () => {
  const list = 'expected a list of 1 to 5 strings, each a step such as "Language:English >= 3 for 30s".';
  test.each<{ name: string; source: unknown; problems: string[] }>([
    { name: 'nothing', source: undefined, problems: [`route: route is missing; ${list} (missing)`] },
    {
      name: 'a string',
      source: 'A:x >= 1',
      problems: [`route: Found "A:x >= 1"; ${list} Write ["A:x >= 1"]. (wrong-type)`],
    },
    {
      name: 'the API form',
      source: { Steps: [] },
      problems: [`route: Found {"Steps":[]}; ${list} (wrong-type)`],
    },
    {
      name: 'no steps',
      source: [],
      problems: [
        `route: Found an empty list; ${list} Write an entry, or leave the key out if it is optional. (out-of-range)`,
      ],
    },
    {
      name: 'six steps, one of them wrong',
      source: [...Array(5).fill('A:x >= 1 for 1s'), 'A:x >= 6'],
      problems: [
        'route: Found 6 entries; expected a list of 1 to 5 steps. (out-of-range)',
        'route[5]: Column 8: found 6; expected a whole number from 1 to 5. (out-of-range)',
      ],
    },
    {
      name: 'a step that YAML read as an object',
      source: { A: 'x >= 1' },
      problems: [`route: Found {"A":"x >= 1"}; ${list} Write ["A:x >= 1"]. (wrong-type)`],
    },
    {
      name: 'a step that YAML read as an object, and that is none',
      source: { A: 'x >= 9' },
      problems: [`route: Found {"A":"x >= 9"}; ${list} (wrong-type)`],
    },
    {
      name: 'objects that are no steps',
      source: [{ A: 'x >= 1', B: 'y >= 1' }, { A: 3 }],
      problems: [
        'route[0]: Found {"A":"x >= 1","B":"y >= 1"}; expected a string; in YAML, put a string that contains ": " in quotes. (wrong-type)',
        'route[1]: Found {"A":3}; expected a string; in YAML, put a string that contains ": " in quotes. (wrong-type)',
      ],
    },
    {
      name: 'a step of two conditions without an expiry',
      source: ['A:x >= 1 and B:y >= 2', 'C:z >= 1'],
      problems: [
        'route[0]: Column 22: found nothing; expected "for" at the end of every step except the last, with ' +
          `${DURATION_FORM}. Did you mean "for 30s"? (route-expiry)`,
      ],
    },
    {
      name: 'a number among steps, which keep their places',
      source: ['A:x >= 1 for 1s', 7, 'B:y >= 9 for 1s', 'C:z >= 1'],
      problems: [
        'route[1]: Found 7; expected a string. (wrong-type)',
        `route[2]: Column 8: found 9; ${LEVEL} (out-of-range)`,
      ],
    },
    {
      name: 'steps that are not strings, and a step without an expiry',
      source: [{ Language: 'English >= 3' }, null, 'A:x >= 6', 'A:x >= 1'],
      problems: [
        'route[0]: Found {"Language":"English >= 3"}; expected a string; in YAML, put a string that contains ": " in quotes. Write "Language:English >= 3". (wrong-type)',
        'route[1]: Found null; expected a string. Write a value, or remove the entry. (wrong-type)',
        'route[2]: Column 8: found 6; expected a whole number from 1 to 5. (out-of-range)',
        'route[2]: Column 9: found nothing; expected "for" at the end of every step except the last, with ' +
          `${DURATION_FORM}. Did you mean "for 30s"? (route-expiry)`,
      ],
    },
  ])('$name', ({ source, problems }) => {
    expect(problemsOf(source)).toEqual(problems);
  });

  test('a list that contains itself, as YAML aliases allow', () => {
    const list: unknown[] = [];
    list.push(list);
    expect(problemsOf(list)).toEqual(['route[0]: Found a list; expected a string. (wrong-type)']);
  });
});

describe('a separator', () => {
  const LEAVE_OUT = 'expected nothing at the end of the step: leave it out. (route-keyword)';

  test.each([
    ['A:x >= 1 for 30s;', `route[0]: Column 17: found ";"; ${LEAVE_OUT}`],
    ['A:x >= 1;', `route[0]: Column 9: found ";"; ${LEAVE_OUT}`],
    ['A:x >= 1,', `route[0]: Column 9: found ","; ${LEAVE_OUT}`],
    ['A:x >= 1 ;;', `route[0]: Column 10: found ";"; ${LEAVE_OUT}`],
    [
      'A:x >= 1, for 30s',
      'route[0]: Column 9: found ","; expected nothing before "for": leave it out. (route-keyword)',
    ],
    [
      'A:x >= 1 and B:y 2..4; for 30s',
      'route[0]: Column 22: found ";"; expected nothing before "for": leave it out. (route-keyword)',
    ],
    [`agents ${ANN} and A:x >= 1,`, `route[0]: Column 57: found ","; ${LEAVE_OUT}`],
    ['A:x 2..4 for 1m,', `route[0]: Column 16: found ","; ${LEAVE_OUT}`],
    [
      'A:x >= 1 for 30s; B:y >= 1',
      'route[0]: Column 17: found "; B:y >= 1"; expected the end of the step after its duration: write a further step as ' +
        'a string of its own. (route-expiry)',
    ],
  ])('in %s has one advice', (text, problem) => {
    expect(problemsOf([text])).toEqual([problem]);
  });

  test('before the time of a step leaves the time as it is', () => {
    expect(problemsOf(['A:x >= 1, for 30s', 'A:x >= 1'])).toEqual([
      'route[0]: Column 9: found ","; expected nothing before "for": leave it out. (route-keyword)',
    ]);
  });

  test('after the id of an agent stands for an id that is missing', () => {
    expect(problemsOf(['agents 12341111-2222-3333-4444-555555555555,'])).toEqual([
      expect.stringMatching(/^route\[0\]: Column 45: found nothing; expected user ids/),
    ]);
  });
});

describe('a condition that names agents', () => {
  test.each<[text: string, ...problems: string[]]>([
    [
      `agent ${ANN}`,
      'Column 1: found "agent"; expected "agents" before user ids. Did you mean "agents"? (route-keyword)',
    ],
    [`Agents ${ANN}`],
    ['agents', `Column 7: found nothing; ${AGENTS} (route-agents)`],
    ['agents ann', `Column 8: found "ann"; ${AGENTS} (route-agents)`],
    [
      `agents ${ANN} ${BEN}`,
      `Column 8: found "${`${ANN} ${BEN}`.slice(0, 56)}...; ${AGENTS} Did you mean "${ANN}, ${BEN}"? (route-agents)`,
    ],
    [`agents "${ANN}"`],
    [`agents , ${ANN}`, `Column 8: found nothing; ${AGENTS} (route-agents)`],
    [`agents ${ANN},, ${BEN}`, `Column 45: found nothing; ${AGENTS} (route-agents)`],
    [`agents ${ANN} ann`, `Column 8: found "${`${ANN} ann`.slice(0, 56)}"; ${AGENTS} (route-agents)`],
    [`agents @a @b`, `Column 8: found "@a @b"; ${AGENTS} (route-agents)`],
    [`agents x/${ANN}`, `Column 8: found "x/${ANN}"; ${AGENTS} Did you mean "${ANN}"? (route-agents)`],
    [`agents ${ANN},`, `Column ${9 + ANN.length}: found nothing; ${AGENTS} (route-agents)`],
    ['AGENTS ann', `Column 8: found "ann"; ${AGENTS} (route-agents)`],
    [
      `agnt ${ANN}`,
      'Column 1: found "agnt"; expected "agents" before user ids. Did you mean "agents"? (route-keyword)',
    ],
    [
      `"agents" ${ANN}`,
      'Column 1: found "\\"agents\\" 11111111-2222-3333-4444-555555555555"; ' +
        `${ATTRIBUTE} Did you mean "\\"agents\\":${ANN}"? (route-attribute)`,
    ],
  ])('%j', (text, ...expected) => {
    expect(problemsOf([text])).toEqual(expected.map((problem) => `route[0]: ${problem}`));
  });

  test('is none where a name only looks like the word', () => {
    expect(problemsOf(['agents:x >= 1'])).not.toEqual([]);
    expect(problemsOf(['"agents":x >= 1'])).toEqual([]);
    expect(problemsOf(['Agency:x >= 1'])).toEqual([]);
    expect(problemsOf(['Agent level:x >= 1'])).toEqual([]);
    expect(problemsOf([`Owner:${ANN} >= 1`])).toEqual([]);
  });
});
