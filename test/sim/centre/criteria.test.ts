import { describe, expect, test } from '@jest/globals';
import { agent, english, only } from './fixture.ts';
import { arrive, type CentreScript, criteria, runScript, speaker, update } from './script.ts';

describe('routing criteria', () => {
  test.each<CentreScript>([
    {
      name: 'a contact waits for an agent who satisfies its step, and later contacts are served meanwhile',
      agents: [speaker('low', 2)],
      steps: [
        [0, arrive(['picky', { routing: { criteria: criteria([english(3), 30]) } }])],
        [1, arrive(['easy'])],
      ],
      expected: ['1 easy -> low', '30 picky -> low'],
    },
    {
      name: 'each step is easier to satisfy; after the last one, any agent is eligible',
      agents: [speaker('two', 2), agent('none')],
      steps: [
        [0, arrive(['a', { routing: { criteria: criteria([english(4), 20], [english(2)]) } }])],
        [0, arrive(['b', { routing: { criteria: criteria([english(4), 20], [english(3), 25]) } }])],
      ],
      expected: ['20 a -> two', '45 b -> none'],
    },
    {
      name: 'a last step without expiry never ends',
      agents: [agent('none')],
      steps: [[0, arrive(['a', { patienceMs: 9_000_000, routing: { criteria: criteria([english(1)]) } }])]],
      expected: ['9000 a: abandoned'],
    },
    {
      name: 'a contact waits for a preferred agent while others are idle, even for an unknown one',
      agents: [agent('ann'), agent('ben')],
      steps: [
        [0, arrive(['for ben', { routing: { criteria: criteria([only('ben', 'gone')]) } }])],
        [0, arrive(['for ben too', { routing: { criteria: criteria([only('ben')]) } }])],
        [0, arrive(['for nobody', { routing: { criteria: criteria([only('gone'), 30]) } }])],
      ],
      expected: ['0 for ben -> ben', '10 for ben too -> ben', '30 for nobody -> ann'],
    },
    {
      name: 'NOT excludes agents by id and by proficiency',
      agents: [speaker('ann', 4), speaker('ben', 1)],
      steps: [
        [
          0,
          arrive([
            'a',
            {
              routing: {
                criteria: criteria([
                  {
                    NotAttributeCondition: {
                      Name: 'Language',
                      Value: 'English',
                      ComparisonOperator: 'Range',
                      Range: { MinProficiencyLevel: 4, MaxProficiencyLevel: 5 },
                    },
                  },
                ]),
              },
            },
          ]),
        ],
        [
          20,
          arrive([
            'b',
            { routing: { criteria: criteria([{ NotAttributeCondition: only('ben').AttributeCondition }]) } },
          ]),
        ],
      ],
      expected: ['0 a -> ben', '20 b -> ann'],
    },
    {
      name: 'new criteria start at their first step when they take effect; until then the old ones apply',
      agents: [speaker('two', 2)],
      steps: [
        [0, arrive(['a', { routing: { criteria: criteria([english(5)]) } }])],
        [10, update('a', { RoutingCriteria: criteria([english(4), 15], [english(2), 15]) })],
      ],
      expected: ['85 a -> two'],
    },
    {
      name: 'old criteria still apply before new ones take effect',
      agents: [speaker('two', 2)],
      steps: [
        [0, arrive(['a', { routing: { criteria: criteria([english(5), 40], [english(2)]) } }])],
        [10, update('a', { RoutingCriteria: criteria([only('gone')]) })],
      ],
      expected: ['40 a -> two'],
    },
    {
      name: 'of several contacts whose steps expire at the same time, the first by rank is served',
      agents: [speaker('two', 2)],
      steps: [
        [0, arrive(['a', { routing: { criteria: criteria([english(5), 30]) } }])],
        [0, arrive(['b', { routing: { priority: 1, criteria: criteria([english(5), 30]) } }])],
      ],
      expected: ['30 b -> two', '40 a -> two'],
    },
  ])('$name', (scenario) => {
    expect(runScript(scenario)).toEqual(scenario.expected);
  });
});
