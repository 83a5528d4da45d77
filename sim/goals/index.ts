export { favoursTier, type Goal, isReached, isShare, thresholdsOf } from './goal.ts';
export { goalsJsonSchema } from './json-schema.ts';
export { judgeGoals } from './judge.ts';
export { judgedSets } from './judged-sets.ts';
export { parseGoals } from './parse-goals.ts';
export { shortfall } from './shortfall.ts';
