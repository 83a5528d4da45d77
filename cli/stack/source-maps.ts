import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import type { HandlerName } from '../../lib/handler-names.ts';

/** In the package, beside the folder of the command. */
const PACKAGED = join(import.meta.dirname, '../source-maps');

/** The source map of a handler's bundle: the package has it, and a checkout makes it anew, as a deployment does. */
export async function sourceMapOf(name: HandlerName): Promise<SourceMap> {
  return new SourceMap(JSON.parse(await textOf(name)));
}

async function textOf(name: HandlerName): Promise<string> {
  if (existsSync(PACKAGED)) return readFile(join(PACKAGED, `${name}.mjs.map`), 'utf8');
  const { bundleHandler } = await import('../../lib/bundling/bundle-handler.ts');
  const { sourceMap } = await bundleHandler(name);
  return Buffer.from(sourceMap).toString();
}
