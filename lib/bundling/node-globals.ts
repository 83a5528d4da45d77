import type { Plugin } from 'esbuild';

/** What bundled code imports from modules of Node.js that are globals, too. Another name makes the build fail. */
const MODULES: ReadonlyMap<string, string> = new Map([
  ['node:process', 'export const { env, versions } = process;'],
  ['node:console', 'export const { Console } = console;'],
]);

/**
 * Takes these from the globals. To import such a module, Node.js reads all its members: those of `node:process` open the
 * standard streams, which takes a tenth of a start.
 */
export const nodeGlobals: Plugin = {
  name: 'node-globals',
  setup(build) {
    build.onResolve({ filter: /^node:(?:process|console)$/ }, ({ path }) => ({
      path,
      namespace: 'node-globals',
      sideEffects: false,
    }));
    build.onLoad({ filter: /.*/, namespace: 'node-globals' }, ({ path }) => ({
      contents: MODULES.get(path),
    }));
  },
};
