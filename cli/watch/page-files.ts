import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPage, PAGE_FILES } from './build-page.ts';
import type { Answer } from './http-server.ts';

/** The files of the page, by the part of the path below the token. */
export type PageFiles = ReadonlyMap<string, Answer>;

/** Where `npm run build` puts the page beside the bundled command. */
const BUILT = join(import.meta.dirname, 'console');

const TYPES = {
  'console.html': 'text/html',
  'console.js': 'text/javascript',
  'console.css': 'text/css',
  'icon.svg': 'image/svg+xml',
} as const satisfies Readonly<Record<(typeof PAGE_FILES)[number], string>>;

/** The files of the page. The package has them built; a checkout builds them now. */
export async function readPageFiles(): Promise<PageFiles> {
  const built = existsSync(BUILT) ? undefined : (await buildPage()).page;
  const files = await Promise.all(
    PAGE_FILES.map(async (name) => {
      const body = built?.[name] ?? (await readFile(join(BUILT, name), 'utf8'));
      return [name === 'console.html' ? '' : name, { type: TYPES[name], body }] as const;
    }),
  );
  return new Map(files);
}
