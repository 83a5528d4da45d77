import { AwsError } from '../errors.ts';
import { formatTime } from '../format.ts';
import type { ParameterStore, ParameterVersion, WrittenVersion } from './parameter-store.ts';

/** What became of a write. */
export interface Written extends WrittenVersion {
  /** Versions of others that were written after this command read the parameter, and that this write replaced. */
  readonly replaced: readonly ParameterVersion[];
}

/**
 * Writes a text over the version that was read.
 *
 * @param base - the version that was read. Undefined if there was no such parameter.
 * @returns the version of another writer if there was none, and now is one: then nothing is written. SSM has no
 *   such condition for a parameter that exists, so there the result says what the write replaced.
 */
export async function writeParameter(
  store: ParameterStore,
  parameter: string,
  text: string,
  base: number | undefined,
): Promise<Written | { readonly existing: ParameterVersion }> {
  if (base === undefined) {
    const created = await store.create(parameter, text);
    if (created) return { ...created, replaced: [] };
    const existing = (await store.history(parameter)).at(-1);
    if (!existing)
      throw new AwsError(`Could not write ${parameter}: another process deletes and creates it.`);
    // An attempt of this command without an answer may have created it.
    if (existing.text === text) return { version: existing.version, tier: 'Standard', replaced: [] };
    return { existing };
  }
  const written = await store.overwrite(parameter, text);
  if (written.version === base + 1) return { ...written, replaced: [] };
  const versions = await store.history(parameter);
  const replaced = versions.filter(
    // A version with this text is an attempt of this command without an answer.
    (one) => one.version > base && one.version < written.version && one.text !== text,
  );
  return { ...written, replaced };
}

/** Such as `version 4, which arn:aws:iam::123456789012:user/ann wrote at 2026-11-23T10:00:00Z`. */
export function formatVersion({ version, modifiedAt, modifiedBy }: ParameterVersion): string {
  const at = modifiedAt === undefined ? '' : ` at ${formatTime(modifiedAt)}`;
  return `version ${version}, which ${modifiedBy ?? 'someone'} wrote${at}`;
}
