import { GOAL_FORM } from './parse-goal.ts';

/** The JSON Schema of goals. */
export function goalsJsonSchema(): object {
  const one = { type: 'string', description: `Expected ${GOAL_FORM}.` };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Goals',
    description:
      'What each tier of a scenario should get, by its name; "everybody" means all tiers together.',
    type: 'object',
    minProperties: 1,
    additionalProperties: { anyOf: [one, { type: 'array', minItems: 1, items: one }] },
  };
}
