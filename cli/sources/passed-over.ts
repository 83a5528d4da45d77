import type { Stats } from 'node:fs';
import { MANIFEST_NAME, sourceName } from './source.ts';

/** An entry of a directory that is not read. */
export interface PassedOver {
  readonly file: string;
  readonly reason: string;
  /** Whether a person may take it for a policy that is in use. */
  readonly mayBePolicy: boolean;
}

/** Names that are listed at most. */
const MAX_LISTED = 10;

/** An extension of a policy anywhere in a name, such as in `gold.yaml.txt` and `gold.yaml~`. */
const EXTENSION_WITHIN = /\.(ya?ml|json)(?![a-z0-9])/i;

/**
 * Why an entry of a directory is not read.
 *
 * @param stats - undefined for a link to nothing.
 * @param expected - the extensions that are read, for the reason.
 * @returns undefined for an entry that is read, and false for one that is not worth a word, such as `.git`.
 */
export function passOver(
  name: string,
  stats: Stats | undefined,
  expected: string,
): Omit<PassedOver, 'file'> | false | undefined {
  const isPolicyName = sourceName(name) !== undefined;
  if (name.startsWith('.')) {
    return (
      isPolicyName && name !== MANIFEST_NAME && { reason: 'its name begins with a dot', mayBePolicy: true }
    );
  }
  if (!stats) return { reason: 'it is a link to nothing', mayBePolicy: isPolicyName };
  if (stats.isDirectory()) return { reason: 'it is a subdirectory', mayBePolicy: true };
  if (!stats.isFile()) return { reason: 'it is not a file', mayBePolicy: isPolicyName };
  if (isPolicyName) return undefined;
  return { reason: `its name does not end in ${expected}`, mayBePolicy: EXTENSION_WITHIN.test(name) };
}

/** A line for each entry that may be taken for a policy, and one for all others. Empty for none. */
export function formatPassedOver(entries: readonly PassedOver[]): string {
  const others = entries.filter(({ mayBePolicy }) => !mayBePolicy).map(({ file }) => file);
  const more = others.length > MAX_LISTED ? ` and ${others.length - MAX_LISTED} more` : '';
  return [
    ...entries.flatMap(({ file, reason, mayBePolicy }) =>
      mayBePolicy ? [`${file} is not read: ${reason}.\n`] : [],
    ),
    ...(others.length > 0 ? [`Not read: ${others.slice(0, MAX_LISTED).join(', ')}${more}.\n`] : []),
  ].join('');
}
