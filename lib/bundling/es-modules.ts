import type { BuildOptions } from 'esbuild';

/** Packages that are CommonJS require modules of Node.js; an ES module needs this line for that. */
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

/** How code for Node.js is bundled into ES modules, with the packages that it imports. */
export const ES_MODULES = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  mainFields: ['module', 'main'],
  banner: { js: REQUIRE },
  metafile: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;
