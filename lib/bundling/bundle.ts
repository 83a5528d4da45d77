import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { environmentCredentials, leanSchemas } from './lean-sdk.ts';

const PROJECT = join(import.meta.dirname, '../..');

/** The yaml package is CommonJS and requires modules of Node.js; an ES module needs this line for that. */
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

/**
 * Bundles a handler into one ES module, `index.mjs`, with its source map. The bundle includes the AWS SDK, so
 * that the tested code is what runs.
 *
 * @param handlerName - folder under `lambda/`.
 * @param outputDirectory - directory of the bundle.
 * @param metafile - file for the list of imports. The list contains paths of the build, so it is not part of
 *   the bundle: otherwise each checkout would deploy different code.
 */
async function bundle(handlerName: string, outputDirectory: string, metafile: string): Promise<void> {
  const result = await build({
    absWorkingDir: PROJECT,
    entryPoints: [`lambda/${handlerName}/index.ts`],
    outfile: join(outputDirectory, 'index.mjs'),
    bundle: true,
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE },
    plugins: [leanSchemas, environmentCredentials],
    metafile: true,
    logLevel: 'warning',
  });
  await writeFile(metafile, JSON.stringify(result.metafile));
}

const [handlerName = '', outputDirectory = '', metafile = ''] = process.argv.slice(2);
await bundle(handlerName, outputDirectory, metafile);
