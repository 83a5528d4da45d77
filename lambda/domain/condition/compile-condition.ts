import { plainName } from '../arn.ts';
import { defined } from '../json.ts';
import { compilePattern, type Pattern } from '../pattern/index.ts';
import type { Condition } from './condition.ts';
import type { ConditionSource } from './schema.ts';

/** Compiles a valid condition with its patterns. */
export function conditionWith(
  name: string,
  { description, queues, channel }: ConditionSource,
  when: Pattern,
  until: Pattern | undefined,
): Condition {
  return defined({ name, description, queues: queues?.map(plainName), channel, when, until });
}

/** Compiles a condition that this code has compiled before: it is not checked. */
export function compileCondition(name: string, source: ConditionSource): Condition {
  const [when, until] = [source.when, source.until].map((one) => compilePattern(one).pattern);
  return conditionWith(name, source, when as Pattern, until);
}
