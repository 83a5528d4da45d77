import { randomUUID } from 'node:crypto';
import { isObject, type JsonObject } from '../../lambda/domain/json.ts';
import { AwsError } from './aws-error.ts';
import type { LocalRequest, LocalResponse, LocalService } from './http.ts';

/** One operation of a service: returns the output for an input. */
export type JsonOperation = (input: JsonObject) => object;

/**
 * A service with AWS's JSON protocol 1.1: `X-Amz-Target` names the operation, and errors have a `__type`.
 *
 * @param name - the service as in the target, such as `AmazonSSM`.
 */
export function createJsonService(
  name: string,
  operations: Readonly<Record<string, JsonOperation>>,
): LocalService {
  return (request) => {
    try {
      return jsonResponse(200, findOperation(name, operations, request)(parseInput(request)));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return errorResponse(error);
    }
  };
}

/** Formats an error in AWS's JSON protocol. */
export function errorResponse(error: AwsError): LocalResponse {
  return jsonResponse(error.status, { __type: error.code, message: error.message });
}

function jsonResponse(status: number, body: object): LocalResponse {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() },
    body: JSON.stringify(body),
  };
}

function findOperation(
  name: string,
  operations: Readonly<Record<string, JsonOperation>>,
  request: LocalRequest,
): JsonOperation {
  const operation = request.headers['x-amz-target']?.split('.').at(-1) ?? '';
  if (!Object.hasOwn(operations, operation)) {
    throw new AwsError(
      'UnknownOperationException',
      `${name}.${operation} is not supported by the local endpoint. It supports ` +
        `${Object.keys(operations).join(', ')}.`,
    );
  }
  return operations[operation] as JsonOperation;
}

function parseInput(request: LocalRequest): JsonObject {
  const input = parseJson(request.body || '{}');
  if (!isObject(input)) throw new AwsError('SerializationException', 'The body is not a JSON object.');
  return input;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new AwsError('SerializationException', `The body is not JSON: ${(error as Error).message}`);
  }
}
