import { isObject } from '../../lambda/domain/json.ts';
import type { Expression } from '../../lambda/domain/routing-criteria.ts';
import type { CriteriaRun } from './criteria-run.ts';
import { iso } from './iso.ts';

/** Events have the names of the API in camelCase, and times as text. */
export function routingCriteria(run: CriteriaRun): object {
  return {
    steps: run.criteria.Steps.map(({ Expression, Expiry }, index) => {
      const expiresAt = run.expiresAt[index];
      return {
        ...(Expiry
          ? {
              expiry: {
                durationInSeconds: Expiry.DurationInSeconds,
                ...(expiresAt === undefined ? {} : { expiryTimestamp: iso(expiresAt) }),
              },
            }
          : {}),
        expression: camelCaseExpression(Expression),
        status: run.statuses[index],
      };
    }),
    ...(run.activatedAt === undefined ? {} : { activationTimestamp: iso(run.activatedAt) }),
    index: run.index,
  };
}

const expressions = new WeakMap<Expression, unknown>();

function camelCaseExpression(expression: Expression): unknown {
  const known = expressions.get(expression) ?? camelCase(expression);
  expressions.set(expression, known);
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
