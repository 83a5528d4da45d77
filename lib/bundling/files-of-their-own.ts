import { basename } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Makes a file of its own of what a module of this project imports by `import()`: a function then reads it when it needs
 * it, and not at each start. The file has the name of the module, and contains all that the module imports. With
 * `splitting`, esbuild would put what both need into a third file, which each start would read.
 *
 * @param onFound - called with the path of the module.
 */
export function filesOfTheirOwn(onFound: (path: string) => void): Plugin {
  return {
    name: 'files-of-their-own',
    setup(build) {
      build.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, async ({ path, kind, pluginData, ...options }) => {
        if (kind !== 'dynamic-import' || pluginData !== undefined) return undefined;
        const { importer, namespace, resolveDir } = options;
        const resolved = await build.resolve(path, { kind, importer, namespace, resolveDir, pluginData: {} });
        onFound(resolved.path);
        return { path: `./${basename(resolved.path, '.ts')}.mjs`, external: true };
      });
    },
  };
}
