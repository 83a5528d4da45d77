import { join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { lazy } from '../../lambda/domain/lazy.ts';
import { codeFingerprint } from './code-fingerprint.ts';
import { ES_MODULES } from './es-modules.ts';
import { leanErrors } from './lean-errors.ts';
import { environmentCredentials, leanSchemas, versionAlone, withoutUnused } from './lean-sdk.ts';
import { nodeGlobals } from './node-globals.ts';
import { ownSourceMap, withoutNames } from './own-source-map.ts';
import { pureCode } from './pure-code.ts';

const PROJECT = join(import.meta.dirname, '../..');

/** All bundles of a process have that of the code as it was at the first. */
const domainFingerprint = lazy(() => codeFingerprint(join(PROJECT, 'lambda/domain')));

/** The bundle of a handler, not yet written. */
export interface HandlerBundle {
  readonly fileName: string;
  readonly code: Uint8Array;
  /** JSON of the source map, version 3. */
  readonly sourceMap: Uint8Array;
  readonly metafile: Metafile;
}

/** How the bundle of every handler is made, whatever is in it. */
export const BUNDLE_OPTIONS = {
  ...ES_MODULES,
  absWorkingDir: PROJECT,
  write: false,
  minify: true,
  // Beside the bundle, which does not name it: a map that Node.js reads at a start makes the start longer.
  sourcemap: 'external',
  sourcesContent: false,
  target: 'node24',
  plugins: [
    pureCode(join(PROJECT, 'lambda')),
    leanSchemas,
    leanErrors,
    versionAlone,
    environmentCredentials,
    withoutUnused,
    nodeGlobals,
    ownSourceMap,
  ],
} as const satisfies BuildOptions;

/**
 * Bundles a handler into one ES module, with its source map. The bundle includes the AWS SDK, so that the tested code is
 * what runs. The file has the name of the handler, so that a stack says which function it is from.
 *
 * @param handlerName - folder under `lambda/`.
 * @returns the files, which are not written. Their bytes do not depend on where they are written: the paths in
 *   the source map start at the folder of the package.
 * @throws what esbuild throws.
 */
export async function bundleHandler(handlerName: string): Promise<HandlerBundle> {
  const { outputFiles, metafile } = await build({
    ...BUNDLE_OPTIONS,
    define: { BUNDLED_CODE_FINGERPRINT: JSON.stringify(domainFingerprint()) },
    entryPoints: [`lambda/${handlerName}/index.ts`],
    outfile: `dist/handlers/${handlerName}/${handlerName}.mjs`,
  });
  const ending = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.contents;
  const [code, sourceMap] = [ending('.mjs'), ending('.map')];
  if (!code || !sourceMap) throw new Error(`esbuild has written no bundle of ${handlerName}.`);
  return { fileName: `${handlerName}.mjs`, code, sourceMap: withoutNames(sourceMap), metafile };
}
