import { basename, join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { lazy } from '../../lambda/domain/lazy.ts';
import { codeFingerprint } from './code-fingerprint.ts';
import { ES_MODULES } from './es-modules.ts';
import { filesOfTheirOwn } from './files-of-their-own.ts';
import { environmentCredentials, leanSchemas, versionAlone, withoutUnused } from './lean-sdk.ts';
import { nodeGlobals } from './node-globals.ts';
import { ownSourceMap, withoutNames } from './own-source-map.ts';
import { pureCode } from './pure-code.ts';

const PROJECT = join(import.meta.dirname, '../..');

/** All bundles of a process have that of the code as it was at the first. */
const domainFingerprint = lazy(() => codeFingerprint(join(PROJECT, 'lambda/domain')));

/** A file of a bundle, not yet written. */
export interface BundledFile {
  readonly fileName: string;
  readonly code: Uint8Array;
  /** JSON of the source map, version 3. */
  readonly sourceMap: Uint8Array;
  readonly metafile: Metafile;
}

/** The files of a handler: the one that Lambda loads, and those that it loads itself when it needs them. */
export type HandlerBundle = readonly [handler: BundledFile, ...others: BundledFile[]];

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
  // The same code as ES modules: esbuild wraps those of CommonJS into functions, which are read twice.
  alias: { yaml: './node_modules/yaml/browser/index.js' },
  // Without CommonJS, nothing is required.
  banner: {},
  plugins: [
    pureCode(join(PROJECT, 'lambda')),
    leanSchemas,
    versionAlone,
    environmentCredentials,
    withoutUnused,
    nodeGlobals,
    ownSourceMap,
  ],
} as const satisfies BuildOptions;

/**
 * Bundles a handler into an ES module, with its source map. The bundle includes the AWS SDK, so that the tested code is
 * what runs. The file has the name of the handler, so that a stack says which function it is from. What the handler
 * imports by `import()` are files beside it.
 *
 * @param handlerName - folder under `lambda/`.
 * @returns the files, which are not written. Their bytes do not depend on where they are written: the paths in
 *   the source maps start at the folder of the package.
 * @throws what esbuild throws.
 */
export async function bundleHandler(handlerName: string): Promise<HandlerBundle> {
  const found = new Set<string>();
  const folder = `dist/handlers/${handlerName}`;
  const onFound = (path: string) => void found.add(path);
  const handler = await bundleFile(`lambda/${handlerName}/index.ts`, `${folder}/${handlerName}.mjs`, onFound);
  const others: BundledFile[] = [];
  for (const path of found) {
    others.push(await bundleFile(path, `${folder}/${basename(path, '.ts')}.mjs`, onFound));
  }
  return [handler, ...others];
}

async function bundleFile(
  entryPoint: string,
  outfile: string,
  onFound: (path: string) => void,
): Promise<BundledFile> {
  const { outputFiles, metafile } = await build({
    ...BUNDLE_OPTIONS,
    plugins: [filesOfTheirOwn(onFound), ...BUNDLE_OPTIONS.plugins],
    define: { BUNDLED_CODE_FINGERPRINT: JSON.stringify(domainFingerprint()) },
    entryPoints: [entryPoint],
    outfile,
  });
  const ending = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.contents;
  const [code, sourceMap] = [ending('.mjs'), ending('.map')];
  if (!code || !sourceMap) throw new Error(`esbuild has written no bundle of ${entryPoint}.`);
  return { fileName: basename(outfile), code, sourceMap: withoutNames(sourceMap), metafile };
}
