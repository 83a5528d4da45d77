import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { packRecord, unpackRecord } from '../../lambda/aws/packed-record.ts';
import { RECORD_SCHEMA_VERSION, withHistory } from '../../lambda/domain/contact/record.ts';
import {
  RecordVersionError,
  readRecord,
  UnreadableRecordError,
} from '../../lambda/domain/contact/record-versions.ts';
import { KEY, queuedContact, T0 } from '../support/contacts.ts';
import { WITH_RARE_MEMBERS } from './fixtures/rare-members.ts';

/** What version 4 stored of {@link RECORD}. It stays readable as long as that version is read. */
const STORED =
  'I1iKZeoaouW/ZLAIqWWZqYmRhYGBgZGpAdZCKz0/J0VHIUYpvSj/8PzUGCUF18ycVDxlAi5nkZi9Kc/MmbqG0PxcCHYAwSyNCAgcmRs5pNCLH1MTI3NLC7DmWgA=';

/** The same of {@link WITH_RARE_MEMBERS}: without any line of the dictionary it cannot be read. */
const STORED_WITH_RARE_MEMBERS = [
  'rZjNboQgEMffpeeSqFnT7a37AE2T7rkHIrRLYnSrbEgPvnsDah1gxtXqUZCPYZiZ35+7WUyxNIi/wrUszGVkUFPzRgmZyr87BKJi',
  '6RCL327tu+GYH7JjkiRZnhCBOf0Qp478kD09H/s+jBJ2M2Nu0xBFpo4QSrweAk+gqYtABQ5AkAV2U/DimTLLvQVLCPSNXVTGAwMO',
  '9jm8YJlliRBIi6Y2woMouNQUe7AVsOpmx3czLL3DrRp9fL5dr3WjrYcRaYXANiKJ4BEg4si7CoNM4lUFldLp/e0E1RKvvpqfgThJ',
  'eIfz/mG8VrLxUd612GJUihHpCbXQstQOBVpotgauPfUXb89jUYyUluG6uBBy6/HB1LdSnMdD7g/EXWtfiHmhtbiqb7aIIoFKStEy',
  '4MzAKqSkhzoAehtXBL3raQDY3doJJ1AWiNTJIqkG7dws2qp6hWyDK/9bwHXBewycdM3LzO7Oot95vFhBXmSoZ5NSfmp7C5B6KDVX',
  'Dh+VmH5cBEzOAPfd52nDlZbitffWpTYuObZG2tDpuo/uFw==',
].join('');

const RECORD = withHistory(queuedContact(), T0, 'governed by gold, "große" Eile');

describe('a record in its item', () => {
  test('is read back as it was written', () => {
    expect(unpackRecord(KEY, { ...packRecord(RECORD) })).toEqual(RECORD);
  });

  test('has its version and the contact beside it, for code that cannot read it', () => {
    expect(packRecord(RECORD).record).toEqual({
      schemaVersion: RECORD_SCHEMA_VERSION,
      contactId: RECORD.contactId,
    });
  });

  test('takes less than a third of its JSON', () => {
    expect(packRecord(RECORD).packed.length).toBeLessThan(JSON.stringify(RECORD).length / 3);
  });

  test('is read as it stands where an earlier version stored it', () => {
    const stored = { ...RECORD, schemaVersion: 3 };
    expect(unpackRecord(KEY, { record: stored })).toBe(stored);
  });

  test('of a later version is not unpacked, whatever it holds', () => {
    const later = { schemaVersion: RECORD_SCHEMA_VERSION + 1, contactId: 'c-1' };
    const read = () => readRecord(unpackRecord(KEY, { record: later, packed: Buffer.from('?') }));
    expect(read).toThrow(RecordVersionError);
    expect(read).toThrow(`The record of contact c-1 has schema version ${RECORD_SCHEMA_VERSION + 1}`);
  });

  test.each([
    ['compressed', Buffer.from('no record')],
    ['JSON', deflateRawSync('{')],
  ])('that is not %s is damaged, and the error names the contact', (_what, packed) => {
    const read = () => unpackRecord(KEY, { ...packRecord(RECORD), packed });
    expect(read).toThrow(UnreadableRecordError);
    expect(read).toThrow(`The record of contact ${KEY.contactId} is damaged: `);
  });

  test('without its version beside it is not unpacked', () => {
    const read = () => readRecord(unpackRecord(KEY, { packed: packRecord(RECORD).packed }));
    expect(read).toThrow(UnreadableRecordError);
  });

  test.each([
    ['as most are', STORED, RECORD],
    ['with members that few have', STORED_WITH_RARE_MEMBERS, WITH_RARE_MEMBERS],
  ])('is read as it was stored before, %s: the dictionary has not changed', (_what, stored, record) => {
    const packed = Buffer.from(stored, 'base64');
    expect(unpackRecord(KEY, { record: { schemaVersion: 4 }, packed })).toEqual(record);
  });
});
