import { readFile } from 'node:fs/promises';
import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec';
import type { Plugin } from 'esbuild';

/** A source map with one mapping, to the first line of the file: `{"version":3,"sources":[""],"mappings":"AAAA"}`. */
const FIRST_LINE =
  '\n//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbIiJdLCJtYXBwaW5ncyI6IkFBQUEifQ==';

/**
 * Limits the lines of the source map of a bundle to the code of this project. Of a dependency, a stack names the file
 * only. Its lines would be most of the map, and a third of the package. Plugins that load files of dependencies
 * themselves call {@link withoutLines}.
 */
export const ownSourceMap: Plugin = {
  name: 'own-source-map',
  setup(build) {
    build.onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, async ({ path }) => ({
      contents: withoutLines(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};

/** A module that has one mapping in the source map of a bundle, to its first line. */
export function withoutLines(source: string): string {
  return source + FIRST_LINE;
}

/** A source map without the names before minification: they are a fifth of it, and a stack needs positions alone. */
export function withoutNames(sourceMap: Uint8Array): Uint8Array {
  const map = JSON.parse(Buffer.from(sourceMap).toString());
  const lines = decode(map.mappings).map((line) =>
    line.map((segment): SourceMapSegment => {
      const [column, source, sourceLine, sourceColumn] = segment;
      return segment.length === 1 ? segment : [column, source ?? 0, sourceLine ?? 0, sourceColumn ?? 0];
    }),
  );
  return Buffer.from(JSON.stringify({ ...map, names: [], mappings: encode(lines) }));
}
