import type { SourceMap } from 'node:module';
import { posix } from 'node:path';
import { CODE_FILES, type CodeFile } from '../../lib/handler-names.ts';

/** A position in a bundle, as V8 writes it: `file:///var/task/dispatch.mjs:3:1234`. */
const POSITION = new RegExp(
  String.raw`[^\s()"'\\]*\b(${Object.keys(CODE_FILES).join('|')})\.mjs:(\d+):(\d+)`,
  'g',
);

/** The files of code in which a text names positions. */
export function codeFilesIn(text: string): CodeFile[] {
  return [...new Set([...text.matchAll(POSITION)].map(([, name]) => name as CodeFile))];
}

/** A text with the positions of the sources. */
export interface TextWithSources {
  readonly text: string;
  /** The positions in lines that their files do not have, such as `sweep.mjs:99:1`: other code logged them. */
  readonly beyond: readonly string[];
}

/**
 * Replaces each position in a bundle by the one in the sources, such as `lambda/flow/dispatch/dispatch.ts:41:9`. Of a
 * dependency it is the file alone: the maps hold no more. A position that the map does not know stays as it is.
 *
 * @param maps - of each file that {@link codeFilesIn} names.
 */
export function withSourcePositions(text: string, maps: ReadonlyMap<CodeFile, SourceMap>): TextWithSources {
  const beyond = new Set<string>();
  const replaced = text.replaceAll(POSITION, (found, name: CodeFile, line: string, column: string) => {
    const entry = maps.get(name)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (!entry || !('originalSource' in entry) || !entry.originalSource) return found;
    // Past its last line, a map answers with its last entry.
    if (entry.generatedLine !== Number(line) - 1) {
      beyond.add(`${name}.mjs:${line}:${column}`);
      return found;
    }
    // The paths start at the folder of the bundle.
    const source = posix.normalize(entry.originalSource).replace(/^(\.\.\/)+/, '');
    if (source.includes('node_modules/')) return source.slice(source.lastIndexOf('node_modules/'));
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
  return { text: replaced, beyond: [...beyond] };
}
