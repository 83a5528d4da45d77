import type { SourceMap } from 'node:module';
import { posix } from 'node:path';
import { HANDLER_NAMES, type HandlerName } from '../../lib/handler-names.ts';

/** A position in a bundle, as V8 writes it: `file:///var/task/dispatch.mjs:3:1234`. */
const POSITION = new RegExp(String.raw`[^\s()"'\\]*\b(${HANDLER_NAMES.join('|')})\.mjs:(\d+):(\d+)`, 'g');

/** The handlers in whose bundles a text names positions. */
export function handlersIn(text: string): HandlerName[] {
  return [...new Set([...text.matchAll(POSITION)].map(([, name]) => name as HandlerName))];
}

/**
 * Replaces each position in a bundle by the one in the sources, such as `lambda/flow/dispatch/dispatch.ts:41:9`. Of a
 * dependency it is the file alone: the maps hold no more. A position that the map does not know stays as it is.
 *
 * @param maps - of each handler that {@link handlersIn} names.
 */
export function withSourcePositions(text: string, maps: ReadonlyMap<HandlerName, SourceMap>): string {
  return text.replaceAll(POSITION, (found, name: HandlerName, line: string, column: string) => {
    const entry = maps.get(name)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (!entry || !('originalSource' in entry) || !entry.originalSource) return found;
    // Past its last line, a map answers with its last entry.
    if (entry.generatedLine !== Number(line) - 1) return found;
    // The paths start at the folder of the bundle.
    const source = posix.normalize(entry.originalSource).replace(/^(\.\.\/)+/, '');
    if (source.includes('node_modules/')) return source.slice(source.lastIndexOf('node_modules/'));
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}
