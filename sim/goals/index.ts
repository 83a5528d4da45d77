export { type Goal, thresholdsOf } from './goal.ts';
export { goalsJsonSchema } from './json-schema.ts';
export { parseGoals } from './parse-goals.ts';
