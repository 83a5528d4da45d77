export { type Goal, thresholdsOf } from './goal.ts';
export { goalsJsonSchema } from './json-schema.ts';
export { type ParsedGoals, parseGoals } from './parse-goals.ts';
