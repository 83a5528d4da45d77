import { defined, isObject, type JsonObject } from '../../lambda/domain/json.ts';
import type { RoutingCriteria } from '../../lambda/domain/routing/criteria.ts';
import { routingCriteriaProblems } from '../../lambda/domain/routing/criteria-problems.ts';
import type { RoutingUpdate } from '../../lambda/domain/routing/routing.ts';
import { formatPath } from '../../lambda/domain/validation/problem.ts';
import { AwsError } from '../endpoint/aws-error.ts';

/** 2^63-1, rounded to a JavaScript number. */
const MAX_PRIORITY = 2 ** 63;
const INT_32 = { min: -(2 ** 31), max: 2 ** 31 - 1 };

/**
 * Parses the body of UpdateContactRoutingData.
 *
 * @throws AwsError SerializationException when it is not a JSON object, InvalidParameterException when
 *   Connect would reject it.
 */
export function parseRoutingUpdate(body: string): RoutingUpdate {
  const request = parseObject(body);
  const priority = optionalInteger(
    request,
    'QueuePriority',
    1,
    MAX_PRIORITY,
    'from 1 to 9223372036854775807',
  );
  const age = optionalInteger(
    request,
    'QueueTimeAdjustmentSeconds',
    INT_32.min,
    INT_32.max,
    `from ${INT_32.min} to ${INT_32.max}`,
  );
  const criteria = request.RoutingCriteria ?? undefined;
  if (priority !== undefined && age !== undefined) {
    throw invalidParameter('Found both QueuePriority and QueueTimeAdjustmentSeconds; expected one of them.');
  }
  if (priority === undefined && age === undefined && criteria === undefined) {
    throw invalidParameter(
      'Found no change; expected QueuePriority, QueueTimeAdjustmentSeconds or RoutingCriteria.',
    );
  }
  const problems = criteria === undefined ? [] : routingCriteriaProblems(criteria);
  if (problems.length > 0) {
    const texts = problems.map(
      ({ path, message }) => `${formatPath(['RoutingCriteria', ...path])}: ${message}`,
    );
    throw invalidParameter(texts.join(' '));
  }
  return defined({
    QueuePriority: priority,
    QueueTimeAdjustmentSeconds: age,
    RoutingCriteria: criteria as RoutingCriteria | undefined,
  });
}

function parseObject(body: string): JsonObject {
  const request = parseJson(body || '{}');
  if (!isObject(request)) throw new AwsError('SerializationException', 'The body is not a JSON object.');
  return request;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new AwsError('SerializationException', 'The body is not JSON.');
  }
}

function optionalInteger(
  request: JsonObject,
  name: string,
  min: number,
  max: number,
  range: string,
): number | undefined {
  const value = request[name] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw invalidParameter(`${name} is ${JSON.stringify(value)}; it must be a whole number ${range}.`);
}

function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
