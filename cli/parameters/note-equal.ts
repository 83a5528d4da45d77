import type { Source } from '../sources/source.ts';
import { compare } from './comparison.ts';
import type { Manifest } from './manifest.ts';
import type { StoredParameter } from './parameter-store.ts';

/**
 * Notes what is equal in files and SSM now.
 *
 * @param areAll - whether these are all files and parameters: then what is in neither is forgotten.
 */
export function noteEqual(
  manifest: Manifest,
  files: readonly Source[],
  stored: readonly StoredParameter[],
  areAll: boolean,
): void {
  const comparisons = compare(files, stored, undefined);
  for (const { parameter, state, file, stored: equal } of comparisons) {
    if (state === 'equal' && file && equal) manifest.note(parameter, equal.version, file.text);
  }
  if (!areAll) return;
  const existing = new Set(comparisons.map(({ parameter }) => parameter));
  for (const parameter of manifest.bases?.keys() ?? []) {
    if (!existing.has(parameter)) manifest.forget(parameter);
  }
}
