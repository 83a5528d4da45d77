import { describe, expect, test } from '@jest/globals';
import { parseSettings } from '../../../lambda/domain/parse-settings.ts';
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
  ])('%s is a problem', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  test('means nothing in an override', () => {
    expect(parseRoute(['agents @seniors'], []).problems.map(({ code }) => code)).toEqual([
      'unknown-agent-list',
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

describe('the setting agents', () => {
  const settingsOf = (agents: unknown) => parseSettings(JSON.stringify({ agents }));

  test('has lists by name', () => {
    expect(settingsOf(AGENTS).settings?.agents).toEqual(AGENTS);
    expect(parseSettings('{}').settings?.agents).toEqual({});
  });

  test.each<[string, unknown, string]>([
    ['no object', [ANN], `agents: Found ["${ANN}"]; expected an object`],
    [
      'a name in upper case',
      { Seniors: [ANN] },
      'agents.Seniors: Found "Seniors"; expected a name of lower-case',
    ],
    ['no list', { a: ANN }, `agents.a: Found "${ANN}"; expected a list of 1 to 100 ids of users`],
    ['an empty list', { a: [] }, 'agents.a: Found an empty list; expected a list of 1 to 100 ids of users'],
    [
      'too many ids',
      { a: idsUpTo(100).concat(BEN) },
      'agents.a: Found 101 entries; expected a list of 1 to 100',
    ],
    ['a number', { a: [1] }, 'agents.a[0]: Found 1; expected the id of a user'],
    ['a login name', { a: ['ann'] }, 'agents.a[0]: Found "ann"; expected the id of a user'],
    ['an ARN', { a: [`arn:aws:connect:x:1:instance/i/agent/${ANN}`] }, `Did you mean "${ANN}"?`],
    ['a user twice', { a: [ANN, ANN] }, `agents.a[1]: Found "${ANN}"; expected each user once in a list`],
    [
      'too many lists',
      Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`a${index}`, [ANN]])),
      'agents: Found 101; expected at most 100 lists',
    ],
  ])('%s is a problem', (_name, agents, text) => {
    const { settings, problems } = settingsOf(agents);
    expect(settings).toBeUndefined();
    expect(problems.map(formatProblem)).toEqual([expect.stringContaining(text)]);
  });
});
