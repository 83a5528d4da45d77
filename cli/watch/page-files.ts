import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer } from './http-server.ts';
import type { PageFiles } from './routes.ts';

/** Where `npm run build` puts the page beside the bundled command. */
const BUILT = join(import.meta.dirname, 'console');

/**
 * The files of the page. The package has them built; a checkout builds them now.
 *
 * @returns them by their paths below the token.
 */
export async function readPageFiles(): Promise<PageFiles> {
  const { script, style, html } = existsSync(BUILT) ? await readBuilt() : await buildNow();
  const page: Answer = { type: 'text/html', body: html };
  return new Map([
    ['/', page],
    ['/console.js', { type: 'text/javascript', body: script }],
    ['/console.css', { type: 'text/css', body: style }],
  ]);
}

async function readBuilt() {
  const read = (name: string) => readFile(join(BUILT, name), 'utf8');
  return { script: await read('console.js'), style: await read('console.css'), html: await read('console.html') };
}

async function buildNow() {
  const { buildPage } = await import('./build-page.ts');
  return buildPage();
}
