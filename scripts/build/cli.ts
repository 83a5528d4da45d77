import { cpSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { buildPage } from '../../cli/watch/build-page.ts';
import { ES_MODULES } from '../../lib/bundling/es-modules.ts';
import { leanSchemas } from '../../lib/bundling/lean-sdk.ts';

/**
 * Leaves out the parser of style sheets, a quarter of what draws the charts of a report: linkedom reads a style sheet
 * only when asked for it, and nothing here asks.
 */
const withoutStyleSheets: Plugin = {
  name: 'without-style-sheets',
  setup({ onResolve, onLoad }) {
    const namespace = 'without-style-sheets';
    onResolve({ filter: /^cssomnom\/parse$/ }, ({ path }) => ({ path, namespace }));
    onLoad({ filter: /.*/, namespace }, () => ({
      contents: "export function parse() { throw new Error('This bundle reads no style sheets.'); }",
    }));
  },
};

/**
 * Bundles the command with all that it needs into `dist/cli`. Each command of `escalator` is a file of its own, which
 * is loaded when the command runs. Names are kept, so that the stack of a defect can be read.
 */
export async function buildCli(project: string, dist: string): Promise<Metafile[]> {
  const { metafile } = await build({
    ...ES_MODULES,
    absWorkingDir: project,
    entryPoints: ['cli/main.ts', 'cli/threads/simulation-thread.ts'],
    entryNames: '[name]',
    outdir: join(dist, 'cli'),
    splitting: true,
    minifySyntax: true,
    minifyWhitespace: true,
    minifyIdentifiers: true,
    keepNames: true,
    target: 'node22',
    plugins: [leanSchemas, withoutStyleSheets],
    // Builds the page of the console in a checkout. The package has it built.
    external: ['esbuild'],
  });
  // The report of a simulation reads it from the folder of its own module.
  cpSync(join(project, 'sim/report/report.css'), join(dist, 'cli/report.css'));
  return [metafile, await writePage(join(dist, 'cli/console'))];
}

/** Writes the page of the console, which `escalator watch` serves. */
async function writePage(directory: string): Promise<Metafile> {
  const { page, metafile } = await buildPage();
  await mkdir(directory, { recursive: true });
  for (const [name, content] of Object.entries(page)) await writeFile(join(directory, name), content);
  return metafile;
}
