import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import type { HandlerBundle } from '../../lib/bundling/bundle-handler.ts';
import { CODE_FILES, type CodeFile, type HandlerName } from '../../lib/handler-names.ts';

/** In the package, beside the folder of the command. */
const PACKAGED = join(import.meta.dirname, '../source-maps');

/** The source map of a file of code: the package has it, and a checkout makes it anew, as a deployment does. */
export async function sourceMapOf(name: CodeFile): Promise<SourceMap> {
  return new SourceMap(JSON.parse(await textOf(name)));
}

async function textOf(name: CodeFile): Promise<string> {
  if (existsSync(PACKAGED)) return readFile(join(PACKAGED, `${name}.mjs.map`), 'utf8');
  const files = await bundleOf(CODE_FILES[name]);
  const file = files.find(({ fileName }) => fileName === `${name}.mjs`);
  if (!file) throw new Error(`${CODE_FILES[name]} has no file ${name}.mjs.`);
  return Buffer.from(file.sourceMap).toString();
}

/** What was bundled in this process: a handler may have several files. */
const bundles = new Map<HandlerName, Promise<HandlerBundle>>();

async function bundleOf(handler: HandlerName): Promise<HandlerBundle> {
  const { bundleHandler } = await import('../../lib/bundling/bundle-handler.ts');
  const bundle = bundles.get(handler) ?? bundleHandler(handler);
  bundles.set(handler, bundle);
  return bundle;
}
