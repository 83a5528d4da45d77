import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The page in one document, one script and one style sheet, which need nothing else. */
export interface Page {
  readonly html: string;
  readonly script: string;
  readonly style: string;
}

const SOURCES = join(import.meta.dirname, '../../console');

/** Builds the page from its sources, with esbuild: a checkout has it, the package does not need it. */
export async function buildPage(): Promise<Page> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: SOURCES,
    entryPoints: ['main.tsx'],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  });
  const read = (name: string) => readFile(join(SOURCES, name), 'utf8');
  return {
    html: await read('console.html'),
    script: outputFiles[0]?.text ?? '',
    style: await read('console.css'),
  };
}
