import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleHandler } from './bundle-handler.ts';

/**
 * Writes the bundle of a handler for a synth in a checkout: `node bundle.ts <handler> <directory> <metafile>`. The
 * metafile lists the imports. It contains paths of the build, so it is not part of the bundle: otherwise each
 * checkout would deploy different code.
 */
const [handlerName = '', outputDirectory = '', metafilePath = ''] = process.argv.slice(2);
const files = await bundleHandler(handlerName);
for (const { fileName, code } of files) await writeFile(join(outputDirectory, fileName), code);
const metafiles = files.map(({ metafile }) => metafile);
await writeFile(
  metafilePath,
  JSON.stringify({
    inputs: Object.assign({}, ...metafiles.map(({ inputs }) => inputs)),
    outputs: Object.assign({}, ...metafiles.map(({ outputs }) => outputs)),
  }),
);
