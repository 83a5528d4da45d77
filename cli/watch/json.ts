import type { Answer } from './http-server.ts';

/** @returns undefined for a text that is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An answer in JSON. @param status - of HTTP. Default: 200. */
export function jsonAnswer(body: object, status?: number): Answer {
  return { ...(status !== undefined && { status }), type: 'application/json', body: JSON.stringify(body) };
}

/** Says why a request was not done. */
export function problem(status: number, message: string): Answer {
  return jsonAnswer({ message }, status);
}
