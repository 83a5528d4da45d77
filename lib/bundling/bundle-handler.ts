import { join } from 'node:path';
import { build } from 'esbuild';
import { environmentCredentials, leanSchemas } from './lean-sdk.ts';
import { ownSourceMap } from './own-source-map.ts';

const PROJECT = join(import.meta.dirname, '../..');

/** The yaml package is CommonJS and requires modules of Node.js; an ES module needs this line for that. */
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

/**
 * Bundles a handler into one ES module, `index.mjs`, with its source map. The bundle includes the AWS SDK, so
 * that the tested code is what runs.
 *
 * @param handlerName - folder under `lambda/`.
 * @returns the files, which are not written. Their bytes do not depend on where they are written: the paths in
 *   the source map start at the folder of the package.
 */
export function bundleHandler(handlerName: string) {
  return build({
    absWorkingDir: PROJECT,
    entryPoints: [`lambda/${handlerName}/index.ts`],
    outfile: `dist/handlers/${handlerName}/index.mjs`,
    write: false,
    bundle: true,
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE },
    plugins: [leanSchemas, environmentCredentials, ownSourceMap],
    metafile: true,
    logLevel: 'warning',
  });
}
