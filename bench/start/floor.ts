import { type BuildOptions, build, type Metafile } from 'esbuild';
import { BUNDLE_OPTIONS } from '../../lib/bundling/bundle-handler.ts';
import { ES_MODULES } from '../../lib/bundling/es-modules.ts';

const CLIENT =
  /node_modules\/(@aws-sdk\/client-[a-z-]+)\/dist-es\/(?:(\w+Client)|commands\/(\w+Command))\.js$/;

/**
 * Bundles a handler that does nothing but import the AWS clients and commands that another bundle contains: no code
 * that calls AWS can start faster.
 *
 * @param metafile - of the other bundle.
 * @returns the code of the bundle.
 */
export function bundleFloor(metafile: Metafile): Promise<Uint8Array> {
  return bundleClients(metafile, BUNDLE_OPTIONS);
}

/** The same, bundled without what this project leaves out of the clients. */
export function bundlePlainFloor(metafile: Metafile): Promise<Uint8Array> {
  return bundleClients(metafile, { ...BUNDLE_OPTIONS, banner: ES_MODULES.banner, plugins: [] });
}

async function bundleClients(
  metafile: Metafile,
  options: BuildOptions & { readonly absWorkingDir: string },
): Promise<Uint8Array> {
  const { outputFiles = [] } = await build({
    ...options,
    write: false,
    stdin: { contents: floorSource(metafile), resolveDir: options.absWorkingDir },
    outfile: 'floor.mjs',
    sourcemap: false,
  });
  const [code] = outputFiles;
  if (!code) throw new Error('esbuild has written no bundle.');
  return code.contents;
}

function floorSource(metafile: Metafile): string {
  const names = Map.groupBy(importsOf(metafile), ({ from }) => from);
  return [
    ...[...names].map(
      ([from, all]) => `export { ${all.map(({ name }) => name).join(', ')} } from '${from}';`,
    ),
    'export const handler = () => {};',
  ].join('\n');
}

function importsOf({ outputs }: Metafile): { readonly from: string; readonly name: string }[] {
  const bundle = Object.entries(outputs).find(([path]) => path.endsWith('.mjs'));
  return Object.entries(bundle?.[1].inputs ?? {}).flatMap(([path, { bytesInOutput }]) => {
    const [, from, client, command] = CLIENT.exec(path) ?? [];
    const name = client ?? command;
    return from && name && bytesInOutput > 0 ? [{ from, name }] : [];
  });
}
