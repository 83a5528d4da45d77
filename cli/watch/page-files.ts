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

/**
 * The files of the page. The package has them built; a checkout builds them now.
 *
 * @param operator - who acts through the page, as the page gets it. Default: the page cannot act.
 */
export async function readPageFiles(operator?: string): Promise<PageFiles> {
  const built = existsSync(BUILT) ? undefined : (await buildPage()).page;
  const files = await Promise.all(
    PAGE_FILES.map(async (name) => {
      const file = built?.[name] ?? (await readFile(join(BUILT, name), 'utf8'));
      const body = name === 'console.html' ? withOperator(file, operator) : file;
      return [name === 'console.html' ? '' : name, { type: TYPES[name], body }] as const;
    }),
  );
  return new Map(files);
}

/** The page with a mark that it can act, and who does. */
function withOperator(html: string, operator: string | undefined): string {
  if (operator === undefined) return html;
  const name = operator.replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
  return html.replace('</head>', () => `<meta name="operator" content="${name}">\n</head>`);
}
