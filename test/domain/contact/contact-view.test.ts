import { describe, expect, test } from '@jest/globals';
import { attributesAreKnown } from '../../../lambda/domain/contact/attributes.ts';
import { contactView } from '../../../lambda/domain/contact/build-contact-view.ts';
import { keyString, parseKey } from '../../../lambda/domain/contact/contact-key.ts';
import { INACTIVE_REASONS, type PlanReason } from '../../../lambda/domain/contact/decision.ts';
import { type ContactRecord, emptyRecord } from '../../../lambda/domain/contact/record.ts';
import { KEY, QUEUE_ARN, queuedContact, T0 } from '../../support/contacts.ts';

describe('the view of a contact', () => {
  test('has all that policies can ask for', () => {
    const record: ContactRecord = {
      ...queuedContact({
        initialContactId: 'first',
        previousContactId: 'before',
        tags: { at: 1, value: { tier: 'gold' } },
        segmentAttributes: { at: 1, value: { 'connect:Subtype': 'connect:Chat' } },
      }),
      chain: { transfers: 2, previousContactId: 'before', initialContactId: 'other' },
      attributes: { changedAt: 0, names: ['value'], values: { value: 'high' } },
      signals: { holds: { at: 1 }, later: { at: 1, until: T0 + 1 }, over: { at: 1, until: T0 } },
    };
    expect(contactView(record, T0)).toEqual({
      ...KEY,
      initialContactId: 'first',
      previousContactId: 'before',
      channel: 'VOICE',
      initiationMethod: 'INBOUND',
      queue: { id: 'q-1', arn: QUEUE_ARN, type: 'STANDARD' },
      tags: { tier: 'gold' },
      segmentAttributes: { 'connect:Subtype': 'connect:Chat' },
      attributes: { value: 'high' },
      signals: ['holds', 'later'],
      transfers: 2,
    });
  });

  test('has little of a contact without an event', () => {
    expect(contactView(emptyRecord(KEY), T0)).toEqual({
      ...KEY,
      initialContactId: KEY.contactId,
      signals: [],
      transfers: 0,
    });
  });

  test.each<[string, ContactRecord['chain'], string]>([
    ['the first of its chain', { transfers: 2, initialContactId: 'a', previousContactId: 'b' }, 'a'],
    ['the one before it, where no other is known', { transfers: 2, previousContactId: 'b' }, 'b'],
    ['itself, where it continues none', undefined, 'c-1'],
  ])('names as the first contact %s', (_name, chain, expected) => {
    expect(contactView({ ...queuedContact(), chain }, T0).initialContactId).toBe(expected);
  });

  test('has no attributes that have changed since they were asked for', () => {
    const attributes = { changedAt: 5, names: ['value'], values: { value: 'high' } };
    const view = (attributesChangedAt: number) =>
      contactView({ ...queuedContact({ attributesChangedAt }), attributes }, T0).attributes;
    expect([view(5), view(6)]).toEqual([{ value: 'high' }, undefined]);
  });
});

describe('attributes are known', () => {
  const attributes = { changedAt: 5, names: ['a', 'b'], values: {} };
  test.each<[string, ContactRecord, string[] | undefined, boolean]>([
    ['where all that are asked for were asked', { ...queuedContact(), attributes }, ['a', 'b'], true],
    ['not where one was not', { ...queuedContact(), attributes }, ['a', 'c'], false],
    ['where none is asked for', { ...queuedContact(), attributes }, undefined, true],
    ['not before an answer', queuedContact(), [], false],
    ['without an event', { ...emptyRecord(KEY), attributes }, ['a'], true],
    ['not after a change', { ...queuedContact({ attributesChangedAt: 6 }), attributes }, ['a'], false],
  ])('%s', (_name, record, names, isKnown) => {
    expect(attributesAreKnown(record, names)).toBe(isKnown);
  });
});

test.each<[PlanReason, boolean]>([
  ['governed', false],
  ['no-policy', false],
  ['needs-attributes', false],
  ['attributes-later', false],
  ['not-queued', true],
  ['paused', true],
  ['closed', true],
  ['other-region', true],
  ['other-instance', true],
  ['test-contact', true],
])('nothing is done for a contact that is %s: %p', (reason, isInactive) => {
  expect(INACTIVE_REASONS.has(reason)).toBe(isInactive);
});

test.each([
  ['i-1#c-1', { instanceId: 'i-1', contactId: 'c-1' }],
  ['i-1#c#1', { instanceId: 'i-1', contactId: 'c#1' }],
  ['#c', { instanceId: '', contactId: 'c' }],
])('the key %j is read as it was written', (text, key) => {
  expect(parseKey(text)).toEqual(key);
  expect(keyString(key)).toBe(text);
});

test('a text without a separator names an instance alone', () => {
  expect(parseKey('i-1')).toEqual({ instanceId: 'i-1', contactId: '' });
});
