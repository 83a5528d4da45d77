import { withPlainSpaces } from './unseen-spaces.ts';

/** Parses JSON, also with no-break spaces and the like between its tokens. @returns undefined when it is not JSON. */
export function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const plain = withPlainSpaces(text);
    return plain === undefined ? undefined : tryParseJson(plain);
  }
}
