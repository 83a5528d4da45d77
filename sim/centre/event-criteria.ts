import { isObject } from '../../lambda/domain/json.ts';
import type { Expression } from '../../lambda/domain/routing/criteria.ts';
import type { CriteriaProgress } from './criteria-progress.ts';
import { isoTime } from './iso-time.ts';

/** Events have the names of the API in camelCase, and times as text. */
export function eventCriteria(run: CriteriaProgress): object {
  return {
    steps: run.criteria.Steps.map(({ Expression, Expiry }, index) => {
      const expiresAt = run.expiresAt[index];
      return {
        ...(Expiry
          ? {
              expiry: {
                durationInSeconds: Expiry.DurationInSeconds,
                ...(expiresAt === undefined ? {} : { expiryTimestamp: isoTime(expiresAt) }),
              },
            }
          : {}),
        expression: camelCaseExpression(Expression),
        status: run.statuses[index],
      };
    }),
    ...(run.activatedAt === undefined ? {} : { activationTimestamp: isoTime(run.activatedAt) }),
    index: run.index,
  };
}

const camelCaseExpressions = new WeakMap<Expression, unknown>();

function camelCaseExpression(expression: Expression): unknown {
  const known = camelCaseExpressions.get(expression) ?? camelCase(expression);
  camelCaseExpressions.set(expression, known);
  return known;
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
