import { describe, expect, test } from '@jest/globals';
import { agentListsNamedBy } from '../../../lambda/domain/policy/named-agent-lists.ts';
import { parseRoute } from '../../../lambda/domain/policy/route/parse.ts';
import { formatProblem } from '../../../lambda/domain/validation/problem.ts';

const ANN = '11111111-2222-3333-4444-555555555555';
const BEN = '66666666-7777-8888-9999-000000000000';
const idsUpTo = (count: number) =>
  Array.from({ length: count }, (_, index) => ANN.slice(0, -2) + String(index).padStart(2, '0'));
const AGENTS = { seniors: [ANN, BEN], ben: [BEN], team: idsUpTo(11) };

const routed = (text: string) => parseRoute([text], [], { agents: AGENTS });
const problemsOf = (text: string) => routed(text).problems.map(formatProblem);

describe('a list of agents in a route', () => {
  test.each([
    ['agents @seniors for 45s', `agents ${ANN}, ${BEN} for 45s`],
    ['agents @ben, @seniors', `agents ${BEN}, ${ANN}`],
    [`agents ${BEN}, @seniors`, `agents ${BEN}, ${ANN}`],
  ])('%s', (text, written) => {
    expect(routed(text).criteria).toEqual(parseRoute([written], []).criteria);
  });

  test.each([
    [
      'agents @senior',
      '[0]: Column 8: found "@senior"; expected @ and the name of a list in the setting agents, one of ben, seniors, team. Did you mean "@seniors"? (unknown-agent-list)',
    ],
    [
      'agent @seniors',
      '[0]: Column 1: found "agent"; expected "agents" before user ids. Did you mean "agents"? (route-keyword)',
    ],
    ['agents @team', '[0]: Column 8: found 11 entries; expected a list of 1 to 10 user ids. (out-of-range)'],
    ['agents @constructor', expect.stringContaining('(unknown-agent-list)')],
    [
      'agents @night',
      '[0]: Column 8: found "@night"; expected @ and the name of a list in the setting agents, one of ben, seniors, team. (unknown-agent-list)',
    ],
  ])('%s is a problem', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  test('means nothing in an override', () => {
    expect(parseRoute(['agents @seniors'], []).problems.map(formatProblem)).toEqual([
      '[0]: Column 8: found "@seniors"; expected the ids of the users, since lists of the settings stand only in the routes of policies. (unknown-agent-list)',
    ]);
  });

  test.each([
    [0, 'which has none'],
    [1, 'one of l0'],
    [10, 'one of l0, l1, l2, l3, l4, l5, l6, l7, l8, l9'],
    [11, 'one of l0, l1, l10, l2, l3, l4, l5, l6, l7, l8, …'],
  ])('that is unknown names the known ones: of %d, %s', (count, known) => {
    const agents = Object.fromEntries(Array.from({ length: count }, (_, index) => [`l${index}`, [ANN]]));
    expect(parseRoute(['agents @other'], [], { agents }).problems.map(({ allowed }) => allowed)).toEqual([
      `@ and the name of a list in the setting agents, ${known}`,
    ]);
  });

  test('is kept with a policy that names it', () => {
    const policy = (...route: unknown[]) => ({ steps: [{ set: { route } }, { ramp: {} }, 1] });
    expect(agentListsNamedBy(policy('agents @ben, @seniors for 1s', 1, 'A:b >= 1'), AGENTS)).toEqual({
      seniors: [ANN, BEN],
      ben: [BEN],
    });
    expect(agentListsNamedBy(policy('A:"@ben" >= 1'), AGENTS)).toBeUndefined();
    expect(agentListsNamedBy(policy('agents @ben'), {})).toBeUndefined();
  });
});
