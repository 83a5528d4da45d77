import { sep } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Says of the modules of the domain, the flow and the ports that none is imported for what the import does: esbuild then
 * leaves out a module, with the tables and schemas that it makes, of which a handler uses nothing.
 *
 * @param folder - `lambda`.
 */
export function pureCode(folder: string): Plugin {
  const pure = ['domain', 'flow', 'aws'].map((name) => folder + sep + name + sep);
  return {
    name: 'pure-code',
    setup(build) {
      build.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, async ({ path, pluginData, ...options }) => {
        if (pluginData === RESOLVING) return undefined;
        const { kind, importer, namespace, resolveDir } = options;
        const resolved = await build.resolve(path, {
          kind,
          importer,
          namespace,
          resolveDir,
          pluginData: RESOLVING,
        });
        const isPure = pure.some((start) => resolved.path.startsWith(start));
        return isPure ? { ...resolved, sideEffects: false } : resolved;
      });
    },
  };
}

const RESOLVING = Symbol('esbuild resolves the path itself');
