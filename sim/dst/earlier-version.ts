import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { RecordVersionError } from '../../lambda/domain/contact/record-versions.ts';

/** The version of the records that the earlier version of the system writes. */
const EARLIER_SCHEMA_VERSION = 2;

/**
 * The record as the earlier version stores it: without why it was closed, and with the last pause alone. What came
 * without a new version stays.
 */
export function asEarlierVersion({ closure: _closure, facts, ...record }: ContactRecord): ContactRecord {
  const { pauses, resumes, ...rest } = facts ?? {};
  return {
    ...record,
    schemaVersion: EARLIER_SCHEMA_VERSION,
    ...(facts && { facts: { ...rest, pausedAt: pauses?.at(-1), resumedAt: resumes?.at(-1) } }),
  } as unknown as ContactRecord;
}

/**
 * The earlier version does not read what the present one writes.
 *
 * @throws RecordVersionError
 */
export function checkEarlierVersion({ schemaVersion, contactId }: ContactRecord): void {
  if (schemaVersion <= EARLIER_SCHEMA_VERSION) return;
  throw new RecordVersionError(`The record of contact ${contactId} has schema version ${schemaVersion}`);
}
