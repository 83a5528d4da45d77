import { defined, isObject } from '../../lambda/domain/json.ts';
import type { Expression } from '../../lambda/domain/routing/criteria.ts';
import type { CriteriaProgress } from './criteria-progress.ts';
import { isoTime } from './iso-time.ts';

/** The routing criteria in an event: member names of the API in camelCase, and times as strings. */
export function eventCriteria(progress: CriteriaProgress): object {
  return defined({
    steps: progress.criteria.Steps.map(({ Expression, Expiry }, index) => {
      const expiresAt = progress.expiresAt[index];
      return defined({
        expiry:
          Expiry &&
          defined({
            durationInSeconds: Expiry.DurationInSeconds,
            expiryTimestamp: optionalIsoTime(expiresAt),
          }),
        expression: camelCaseExpression(Expression),
        status: progress.statuses[index],
      });
    }),
    activationTimestamp: optionalIsoTime(progress.activatedAt),
    index: progress.index,
  });
}

function optionalIsoTime(at: number | undefined): string | undefined {
  return at === undefined ? undefined : isoTime(at);
}

const camelCaseExpressions = new WeakMap<Expression, unknown>();

function camelCaseExpression(expression: Expression): unknown {
  const converted = camelCaseExpressions.get(expression) ?? camelCase(expression);
  camelCaseExpressions.set(expression, converted);
  return converted;
}

function camelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCase);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key.charAt(0).toLowerCase() + key.slice(1),
      camelCase(member),
    ]),
  );
}
