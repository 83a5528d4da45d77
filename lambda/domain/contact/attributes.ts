import type { ContactRecord } from './record.ts';

/** True when the attributes of those names (without names: all stored ones) are known as they last changed. */
export function attributesAreKnown(record: ContactRecord, names: readonly string[] = []): boolean {
  const { attributes } = record;
  return (
    attributes !== undefined &&
    attributes.changedAt >= (record.facts?.attributesChangedAt ?? 0) &&
    names.every((name) => attributes.names.includes(name))
  );
}
