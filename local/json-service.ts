import { randomUUID } from 'node:crypto';
import { isObject, type JsonObject } from '../lambda/domain/json.ts';
import { AwsError } from './aws-error.ts';
import type { LocalRequest, LocalResponse, LocalService } from './http.ts';

/** One operation of a service: what it is sent to what it answers. */
export type JsonOperation = (input: JsonObject) => object;

/**
 * A service that speaks AWS's JSON protocol 1.1: the operation in `X-Amz-Target`, errors with `__type`.
 *
 * @param name as in the target, such as `AmazonSSM`.
 */
export function jsonService(name: string, operations: Readonly<Record<string, JsonOperation>>): LocalService {
  return (request) => {
    try {
      return answer(200, operationOf(name, operations, request)(inputOf(request)));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return errorAnswer(error);
    }
  };
}

/** An error in AWS's JSON protocol. */
export function errorAnswer(error: AwsError): LocalResponse {
  return answer(error.status, { __type: error.code, message: error.message });
}

function answer(status: number, body: object): LocalResponse {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() },
    body: JSON.stringify(body),
  };
}

function operationOf(
  name: string,
  operations: Readonly<Record<string, JsonOperation>>,
  request: LocalRequest,
): JsonOperation {
  const operation = request.headers['x-amz-target']?.split('.').at(-1) ?? '';
  if (!Object.hasOwn(operations, operation)) {
    throw new AwsError(
      'UnknownOperationException',
      `${name}.${operation} is not served here; served are ${Object.keys(operations).join(', ')}.`,
    );
  }
  return operations[operation] as JsonOperation;
}

function inputOf(request: LocalRequest): JsonObject {
  const input = parsed(request.body || '{}');
  if (!isObject(input)) throw new AwsError('SerializationException', 'The body is not a JSON object.');
  return input;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new AwsError('SerializationException', `The body is not JSON: ${(error as Error).message}`);
  }
}
