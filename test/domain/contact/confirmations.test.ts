import { describe, expect, test } from '@jest/globals';
import { onlyConfirms } from '../../../lambda/domain/contact/confirmations.ts';
import type { ContactFacts } from '../../../lambda/domain/contact/facts.ts';
import { type ContactRecord, emptyRecord } from '../../../lambda/domain/contact/record.ts';
import { KEY, queuedContact, T0 } from '../../support/contacts.ts';

const TAGS = { at: T0, value: { tier: 'gold' } };
const SEGMENTS = { at: T0, value: { level: 'high' } };
const BEFORE = queuedContact({ eventAt: T0, tags: TAGS, segmentAttributes: SEGMENTS });
const LATER = T0 + 5_000;

function withFacts(more: Partial<ContactFacts>, record: ContactRecord = BEFORE): ContactRecord {
  return { ...record, facts: { ...(record.facts as ContactFacts), ...more } };
}

const NONE = { attributeNames: [] };

describe('an event only confirms what is known', () => {
  test.each<[string, Partial<ContactFacts>]>([
    ['that it happened', { eventAt: LATER }],
    ['that the tags are still the same', { tags: { ...TAGS, at: LATER } }],
    ['that the segment attributes are still the same', { segmentAttributes: { ...SEGMENTS, at: LATER } }],
    ['that attributes changed, of which no policy asks', { attributesChangedAt: LATER }],
  ])('where it says no more than %s', (_what, more) => {
    expect(onlyConfirms(BEFORE, withFacts({ eventAt: LATER, ...more }), NONE)).toBe(true);
  });
});

test('an event only confirms that a contact has ended, at whatever time it says so', () => {
  const ended = withFacts({ disconnectedAt: T0 });
  expect(onlyConfirms(ended, withFacts({ disconnectedAt: LATER }, ended), NONE)).toBe(true);
});

describe('an event says something new', () => {
  test.each<[string, Partial<ContactFacts>]>([
    ['a tag', { tags: { at: LATER, value: { tier: 'silver' } } }],
    [
      'a tag that no policy names: a later policy may',
      { tags: { at: LATER, value: { tier: 'gold', x: 'y' } } },
    ],
    ['a segment attribute', { segmentAttributes: { at: LATER, value: {} } }],
    ['the end of the contact', { disconnectedAt: LATER }],
    ['the active Region, also the same', { activeRegion: { at: LATER, value: 'eu-central-1' } }],
  ])('where it changes %s', (_what, more) => {
    expect(onlyConfirms(BEFORE, withFacts({ eventAt: LATER, ...more }), NONE)).toBe(false);
  });

  test('where attributes changed of which a policy asks', () => {
    const after = withFacts({ attributesChangedAt: LATER });
    expect(onlyConfirms(BEFORE, after, { attributeNames: ['vip'] })).toBe(false);
  });

  test.each<[string, Partial<ContactRecord>]>([
    ['are known', { attributes: { changedAt: 0, names: [], values: {} } }],
    ['were asked for', { decision: { requiredAttributes: ['vip'] } as never }],
    ['were asked for by an observing policy', { shadows: { requiredAttributes: ['vip'] } as never }],
  ])('where attributes changed that %s, whatever the policies of this process are', (_what, more) => {
    const before = { ...BEFORE, ...more };
    expect(onlyConfirms(before, withFacts({ attributesChangedAt: LATER }, before), NONE)).toBe(false);
  });

  test('where the contact is closed: a later event may reopen it', () => {
    const closed = { ...BEFORE, closedAt: T0 };
    expect(onlyConfirms(closed, withFacts({ eventAt: LATER }, closed), NONE)).toBe(false);
  });

  test('where it is the first one', () => {
    expect(onlyConfirms(emptyRecord(KEY), BEFORE, NONE)).toBe(false);
  });

  test('where more changed than the facts', () => {
    const after = { ...withFacts({ eventAt: LATER }), timerAt: LATER };
    expect(onlyConfirms(BEFORE, after, NONE)).toBe(false);
  });
});
