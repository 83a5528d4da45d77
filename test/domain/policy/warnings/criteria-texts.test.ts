import { describe, expect, test } from '@jest/globals';
import { policyWarnings } from '../../../../lambda/domain/policy/warnings/index.ts';
import { DEFAULT_SETTINGS } from '../../../../lambda/domain/settings.ts';
import { policy } from '../../../support/contacts.ts';

/** The warnings about a step that sets routing criteria, as `code | message`. */
function warnings(set: object): string[] {
  return policyWarnings([policy('a', { steps: [{ after: '0s', set }] })], DEFAULT_SETTINGS).map(
    ({ code, policy: name, path, message }) => {
      expect(name).toBe('a');
      return `${path.join('.')} ${code} | ${message}`;
    },
  );
}

const AGENT = 'aaaaaaaa-1234-4123-8123-bbbbbbbbbbbb';

test.each([
  ['Language:Eng\u200blish >= 1 for 1m', 'unlikely-text', 'nobody can see'],
  ['Ｌanguage:English >= 1 for 1m', 'unlikely-text', 'another alphabet'],
  ['City:MÃ¼nchen >= 1 for 1m', 'unlikely-text', '"München"'],
  ['Language:Eng* >= 1 for 1m', 'literal-wildcard', 'no wildcards'],
  [`agents ${AGENT.toUpperCase()} for 1m`, 'arn-or-id', AGENT],
  [`agents ${AGENT}, ${AGENT} for 1m`, 'repeated-value', 'twice'],
])('%s would wait for nobody', (step, code, message) => {
  expect(warnings({ route: [step] })).toEqual([expect.stringContaining(`steps.0.set ${code} | `)]);
  expect(warnings({ route: [step] })[0]).toContain(message);
});

test('criteria in the form of the API', () => {
  const condition = {
    Name: 'A',
    Value: 'x ',
    ComparisonOperator: 'NumberGreaterOrEqualTo',
    ProficiencyLevel: 1,
  };
  const routingCriteria = {
    Steps: [{ Expression: { NotAttributeCondition: condition }, Expiry: { DurationInSeconds: 60 } }],
  };
  expect(warnings({ routingCriteria })).toEqual([
    expect.stringContaining('"x " has a space at its beginning or end'),
  ]);
});

const match = (...AgentIds: string[]) => ({
  ComparisonOperator: 'Match',
  MatchCriteria: { AgentsCriteria: { AgentIds } },
});
const english = (Value: string) => ({
  Name: 'Language',
  Value,
  ComparisonOperator: 'NumberGreaterOrEqualTo',
  ProficiencyLevel: 3,
});

test.each<[object, string, string]>([
  [english('{tags.language}'), 'literal-operator', 'Write the criteria as a route'],
  [match('{tags.agentId}'), 'arn-or-id', '"{tags.agentId}" is none, which only a route fills in.'],
  [match('@billing-seniors'), 'arn-or-id', '"@billing-seniors" is none, which only a route fills in.'],
  [
    match('ann'),
    'arn-or-id',
    'The id of an agent is a UUID, and "ann" is none. Write the last part of its ARN.',
  ],
  [match(`arn:aws:connect:eu-central-1:1:instance/i/agent/${AGENT}`), 'arn-or-id', `Write "${AGENT}".`],
])('criteria in the form of the API fill in nothing: %j', (AttributeCondition, code, message) => {
  const Steps = [{ Expression: { AttributeCondition }, Expiry: { DurationInSeconds: 60 } }];
  const given = warnings({ routingCriteria: { Steps } });
  expect(given).toEqual([expect.stringContaining(`steps.0.set ${code} | `)]);
  expect(given[0]).toContain(message);
});

test('usual names have no warning', () => {
  expect(
    warnings({
      route: [
        `Driver's licence:Müller-Lüdenscheid >= 1 for 1m`,
        `agents ${AGENT} for 1m`,
        'connect:Language:connect:French >= 1 for 1m',
      ],
    }),
  ).toEqual([]);
});

test('the agents of a list may be strings of the contact', () => {
  expect(warnings({ route: ['agents {tags.first}, {tags.second} for 1m'] })).toEqual([]);
});

test.each(['ann', `queue/${AGENT}/ann`])('%s is no id of an agent, and holds none', (id) => {
  const Steps = [{ Expression: { AttributeCondition: match(id) }, Expiry: { DurationInSeconds: 60 } }];
  expect(warnings({ routingCriteria: { Steps } })).toEqual([
    `steps.0.set arn-or-id | The id of an agent is a UUID, and "${id}" is none. Write the last part of its ARN.`,
  ]);
});

test('beside a string of the contact, the other texts of its criteria have warnings', () => {
  expect(warnings({ route: ['Lang*:{tags.lang*} >= 1 for 1m'] })).toEqual([
    expect.stringContaining(
      'steps.0.set literal-wildcard | Routing criteria have no wildcards: the asterisk in "Lang*"',
    ),
  ]);
});

describe('a string of a segment attribute that hardly any contact has', () => {
  const LEFT_OUT = 'The step is left out for contacts without such a string.';

  test.each([
    [
      'connect:ContactExpiry.ExpiryDuration',
      'connect:ContactExpiry.ExpiryDuration is a number, and only a string can stand in a route.',
    ],
    ['connect:subtype', 'No contact has the segment attribute "connect:subtype". Write "connect:Subtype".'],
    [
      'connect:CustomerAuthentication',
      'connect:CustomerAuthentication is an object, and no value. Write {segmentAttributes.connect:CustomerAuthentication.Status}.',
    ],
  ])('%s', (name, advice) => {
    const route = ['Language:English >= 1 for 1m', `Language:{segmentAttributes.${name}} >= 1 for 1m`];
    expect(warnings({ route })).toEqual([`steps.0.set.route.1 unknown-field | ${advice} ${LEFT_OUT}`]);
  });

  test.each(['{segmentAttributes.language}', '{tags.connect:subtype}', '{attributes.Subtype}'])(
    'not %s',
    (value) => {
      expect(warnings({ route: [`Language:${value} >= 1 for 1m`] })).toEqual([]);
    },
  );
});
