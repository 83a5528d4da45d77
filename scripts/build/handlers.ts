import { globSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Metafile } from 'esbuild';
import { bundleHandler } from '../../lib/bundling/bundle-handler.ts';

/**
 * Writes `dist/handlers/<name>/<name>.mjs`, which is deployed with the files beside it, and `dist/source-maps/*.mjs.map`,
 * which `escalator stack` reads, for each folder of `lambda/` that has an `index.ts`.
 */
export async function buildHandlers(project: string, dist: string): Promise<Metafile[]> {
  const names = globSync('*/index.ts', { cwd: join(project, 'lambda') }).map(dirname);
  const maps = join(dist, 'source-maps');
  await mkdir(maps, { recursive: true });
  const metafiles = names.map(async (name) => {
    const directory = join(dist, 'handlers', name);
    await mkdir(directory, { recursive: true });
    const files = await bundleHandler(name);
    for (const { fileName, code, sourceMap } of files) {
      await writeFile(join(directory, fileName), code);
      await writeFile(join(maps, `${fileName}.map`), sourceMap);
    }
    return files.map(({ metafile }) => metafile);
  });
  return (await Promise.all(metafiles)).flat();
}
