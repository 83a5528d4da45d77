import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { environmentCredentials, leanSchemas } from './lean-sdk.ts';

const PROJECT = join(import.meta.dirname, '../..');

/** The yaml package is CommonJS and requires modules of Node.js, which an ES module can only do with this. */
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

/**
 * Bundles a handler into one ES module, `index.mjs` with its source map, the AWS SDK included so that what was
 * tested is what runs.
 *
 * @param handlerName - folder under `lambda/`.
 * @param outputDirectory - where the bundle goes.
 * @param metafile - where the list of what it imports goes. It names paths of the build, so it is kept out of the
 *   bundle, lest each checkout deploy different code.
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
