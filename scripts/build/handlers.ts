import { globSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Metafile } from 'esbuild';
import { bundleHandler } from '../../lib/bundling/bundle-handler.ts';

/** Writes `dist/handlers/<name>/index.mjs` and its source map for each folder of `lambda/` that has an `index.ts`. */
export async function buildHandlers(project: string, dist: string): Promise<Metafile[]> {
  const names = globSync('*/index.ts', { cwd: join(project, 'lambda') }).map(dirname);
  return Promise.all(
    names.map(async (name) => {
      const { outputFiles, metafile } = await bundleHandler(name);
      const directory = join(dist, 'handlers', name);
      await mkdir(directory, { recursive: true });
      for (const { path, contents } of outputFiles) {
        await writeFile(join(directory, basename(path)), contents);
      }
      return metafile;
    }),
  );
}
