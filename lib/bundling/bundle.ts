import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { bundleHandler } from './bundle-handler.ts';

/**
 * Writes the bundle of a handler for a synth in a checkout: `node bundle.ts <handler> <directory> <metafile>`. The
 * metafile lists the imports. It contains paths of the build, so it is not part of the bundle: otherwise each
 * checkout would deploy different code.
 */
const [handlerName = '', outputDirectory = '', metafile = ''] = process.argv.slice(2);
const result = await bundleHandler(handlerName);
for (const { path, contents } of result.outputFiles) {
  await writeFile(join(outputDirectory, basename(path)), contents);
}
await writeFile(metafile, JSON.stringify(result.metafile));
