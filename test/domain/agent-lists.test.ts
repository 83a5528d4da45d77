import { describe, expect, test } from '@jest/globals';
import { isUserId } from '../../lambda/domain/agent-lists.ts';
import { parseSettings } from '../../lambda/domain/parse-settings.ts';
import { formatProblem } from '../../lambda/domain/validation/problem.ts';

const ANN = '11111111-2222-3333-4444-555555555555';
const BEN = '66666666-7777-8888-9999-000000000000';
const idsUpTo = (count: number) =>
  Array.from({ length: count }, (_, index) => ANN.slice(0, -2) + String(index).padStart(2, '0'));

test.each([
  [ANN, true],
  ['AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee', true],
  [`${ANN}0`, false],
  [`x/${ANN}`, false],
  ['ann', false],
])('%s is the id of a user: %s', (text, isId) => {
  expect(isUserId(text)).toBe(isId);
});

describe('the setting agents', () => {
  const settingsOf = (agents: unknown) => parseSettings(JSON.stringify({ agents }));

  test('has lists by name', () => {
    const lists = { seniors: [ANN, BEN], ben: [BEN] };
    expect(settingsOf(lists).settings?.agents).toEqual(lists);
    expect(parseSettings('{}').settings?.agents).toEqual({});
  });

  test('may have a hundred lists of a hundred users each', () => {
    const lists = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`a${index}`, idsUpTo(100)]));
    expect(settingsOf(lists).settings?.agents).toEqual(lists);
  });

  test.each<[string, unknown, string]>([
    ['no object', [ANN], `agents: Found ["${ANN}"]; expected an object … (wrong-type)`],
    [
      'a name in upper case',
      { Seniors: [ANN] },
      'agents.Seniors: Found "Seniors"; expected a name of lower-case … Did you mean "seniors"? (agent-list-name)',
    ],
    [
      'a name of which nothing is left',
      { 金: [ANN] },
      'agents.金: Found "金"; expected a name of lower-case … such as "billing-seniors". (agent-list-name)',
    ],
    [
      'a name that is too long',
      { ['a'.repeat(65)]: [ANN] },
      `agents.${'a'.repeat(65)}: Found "${'a'.repeat(56)}...; expected a name of lower-case … such as "billing-seniors". (agent-list-name)`,
    ],
    [
      'no list',
      { a: ANN },
      `agents.a: Found "${ANN}"; expected a list of 1 to 100 ids of users. Write ["${ANN}"]. (wrong-type)`,
    ],
    [
      'the ARN of a user in place of a list',
      { a: `arn:aws:connect:x:1:instance/i/agent/${ANN}` },
      `agents.a: … expected a list of 1 to 100 ids of users. Write ["${ANN}"]. (wrong-type)`,
    ],
    [
      'a login name in place of a list',
      { a: 'ann' },
      'agents.a: Found "ann"; expected a list of 1 to 100 ids of users. (wrong-type)',
    ],
    [
      'a number in place of a list',
      { a: 1 },
      'agents.a: Found 1; expected a list of 1 to 100 ids of users. (wrong-type)',
    ],
    [
      'an empty list',
      { a: [] },
      'agents.a: Found an empty list; expected a list of 1 to 100 ids of users. … (out-of-range)',
    ],
    [
      'too many ids',
      { a: idsUpTo(100).concat(BEN) },
      'agents.a: Found 101 entries; expected a list of 1 to 100 ids of users. (out-of-range)',
    ],
    ['a number', { a: [1] }, 'agents.a[0]: Found 1; expected the id of a user … (wrong-type)'],
    [
      'a login name',
      { a: ['ann'] },
      `agents.a[0]: Found "ann"; expected the id of a user, such as "${ANN}". (user-id)`,
    ],
    [
      'an ARN',
      { a: [`arn:aws:connect:x:1:instance/i/agent/${ANN}`] },
      `agents.a[0]: … Did you mean "${ANN}"? (user-id)`,
    ],
    [
      'a user twice',
      { a: [ANN, ANN] },
      `agents.a[1]: Found "${ANN}"; expected each user once in a list. (user-id)`,
    ],
    [
      'too many lists',
      Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`a${index}`, [ANN]])),
      'agents: Found 101; expected at most 100 lists. (out-of-range)',
    ],
  ])('%s is a problem', (_name, agents, text) => {
    const { settings, problems } = settingsOf(agents);
    expect(settings).toBeUndefined();
    const [start = '', end = ''] = text.split(' … ');
    const [problem, ...others] = problems.map(formatProblem);
    expect(others).toEqual([]);
    expect(problem?.startsWith(start) && problem.endsWith(end)).toBe(true);
  });
});
