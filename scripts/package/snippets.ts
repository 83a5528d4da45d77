import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The page has no TypeScript. */
class SnippetError extends Error {
  override readonly name = 'SnippetError';
}

/** The first TypeScript snippet of a page: the app of the README, and the stack of docs/construct.md. */
export function snippetOf(project: string, page: string): string {
  const [, snippet] = /^```ts\n(.*?)^```$/ms.exec(readFileSync(join(project, page), 'utf8')) ?? [];
  if (snippet === undefined) throw new SnippetError(`${page} has no TypeScript snippet.`);
  return snippet;
}
