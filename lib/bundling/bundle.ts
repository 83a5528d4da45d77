import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleHandler } from './bundle-handler.ts';

/**
 * Writes the bundle of a handler for a synth in a checkout: `node bundle.ts <handler> <directory> <metafile>`. The
 * metafile lists the imports. It contains paths of the build, so it is not part of the bundle: otherwise each
 * checkout would deploy different code.
 */
const [handlerName = '', outputDirectory = '', metafilePath = ''] = process.argv.slice(2);
const { fileName, code, metafile } = await bundleHandler(handlerName);
await writeFile(join(outputDirectory, fileName), code);
await writeFile(metafilePath, JSON.stringify(metafile));
