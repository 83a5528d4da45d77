import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** The files of the page, by name: what it shows, what it runs, and how that looks. It needs nothing else. */
export const PAGE_FILES = ['console.html', 'console.js', 'console.css', 'icon.svg'] as const;

export type Page = Readonly<Record<(typeof PAGE_FILES)[number], string>>;

const PROJECT = join(import.meta.dirname, '../..');

/**
 * Builds the page from its sources, with esbuild: a checkout has it, the package does not need it.
 *
 * @returns the files, and what they are made of.
 */
export async function buildPage(): Promise<{ readonly page: Page; readonly metafile: Metafile }> {
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build({
    absWorkingDir: PROJECT,
    entryPoints: ['console/main.tsx'],
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  });
  const read = (name: string) => readFile(join(PROJECT, 'console', name), 'utf8');
  const page: Page = {
    'console.html': await read('console.html'),
    'console.js': outputFiles[0]?.text ?? '',
    'console.css': await read('console.css'),
    'icon.svg': await read('icon.svg'),
  };
  return { page, metafile };
}
