import { randomUUID } from 'node:crypto';
import type { AwsError } from './aws-error.ts';
import type { LocalResponse } from './http.ts';

/** Formats a response in AWS's protocol restJson1. */
export function restJsonResponse(status: number, body: object): LocalResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID() },
    body: JSON.stringify(body),
  };
}

/** Formats an error in AWS's protocol restJson1: its name in a header, its text in `Message`. */
export function restJsonError({ code, status, message }: AwsError): LocalResponse {
  const { headers, ...rest } = restJsonResponse(status, { Message: message });
  return { ...rest, headers: { ...headers, 'x-amzn-errortype': code } };
}
