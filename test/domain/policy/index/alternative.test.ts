import { describe, expect, test } from '@jest/globals';
import { matches } from '../../../../lambda/domain/pattern/index.ts';
import type { ContactView } from '../../../../lambda/domain/policy/contact-view.ts';
import { Alternative, DirectFields } from '../../../../lambda/domain/policy/index/alternative.ts';
import { directPlace } from '../../../../lambda/domain/policy/index/place.ts';
import { compiled } from '../../pattern/compiled.ts';

const FULL: ContactView = {
  instanceId: 'i',
  contactId: 'c',
  initialContactId: 'first',
  previousContactId: 'before',
  channel: 'VOICE',
  initiationMethod: 'INBOUND',
  queue: { id: 'q', arn: 'arn', name: 'Billing', type: 'STANDARD' },
  tags: { tier: 'gold', 'a.b': 'x' },
  attributes: { segment: 's' },
  segmentAttributes: { auth: { Status: 'ok' }, flat: 'f' },
  signals: ['outage', 'storm'],
  transfers: 2,
  recentContacts: 3,
};
const EMPTY: ContactView = { instanceId: 'i', contactId: 'c', signals: [], transfers: 0 };

function accepts(source: object, view: ContactView): boolean {
  const pattern = compiled(source);
  const alternatives = pattern.rules.map((rule) => new Alternative(rule, 0, new DirectFields()));
  const isAccepted = alternatives.some((alternative) => alternative.accepts(view));
  expect({ source, isAccepted }).toEqual({ source, isAccepted: matches(pattern, view) });
  return isAccepted;
}

describe('an alternative tests as matches does', () => {
  test.each<[source: object, other: object]>([
    [{ instanceId: ['i'] }, { instanceId: ['x'] }],
    [{ contactId: ['c'] }, { contactId: ['x'] }],
    [{ initialContactId: ['first'] }, { initialContactId: ['x'] }],
    [{ previousContactId: ['before'] }, { previousContactId: ['x'] }],
    [{ channel: ['VOICE'] }, { channel: ['CHAT'] }],
    [{ initiationMethod: ['INBOUND'] }, { initiationMethod: ['API'] }],
    [{ queue: { id: ['q'] } }, { queue: { id: ['x'] } }],
    [{ queue: { name: ['Billing'] } }, { queue: { name: ['x'] } }],
    [{ tags: { tier: ['gold'] } }, { tags: { tier: ['x'] } }],
    [{ tags: { a: { b: ['x'] } } }, { tags: { a: { b: ['y'] } } }],
    [{ attributes: { segment: ['s'] } }, { attributes: { segment: ['x'] } }],
    [{ segmentAttributes: { auth: { Status: ['ok'] } } }, { segmentAttributes: { auth: { Status: ['x'] } } }],
    [{ segmentAttributes: { flat: ['f'] } }, { segmentAttributes: { flat: ['x'] } }],
    [{ signals: ['storm'] }, { signals: ['x'] }],
    [{ transfers: [2] }, { transfers: [1] }],
    [{ recentContacts: [{ numeric: ['>', 2] }] }, { recentContacts: [{ numeric: ['>', 3] }] }],
    [
      { channel: ['VOICE'], segmentAttributes: { flat: ['f'] } },
      { channel: ['x'], segmentAttributes: { flat: ['f'] } },
    ],
    [
      { channel: ['VOICE'], tags: { tier: ['gold'] } },
      { channel: ['VOICE'], tags: { tier: ['x'] } },
    ],
  ])('%j, and not %j', (source, other) => {
    expect(accepts(source, FULL)).toBe(true);
    expect(accepts(other, FULL)).toBe(false);
  });

  test.each<[source: object, isAccepted: boolean]>([
    [{ channel: [{ exists: false }] }, true],
    [{ channel: [{ exists: true }] }, false],
    [{ tags: { tier: [{ exists: false }] } }, true],
    [{ tags: { tier: [{ exists: true }] } }, false],
    [{ signals: [{ exists: false }] }, true],
    [{ signals: [{ 'anything-but': 'outage' }] }, false],
    [{ queue: { id: [{ exists: false }, 'x'] } }, true],
    [{ segmentAttributes: { flat: [{ exists: false }] } }, true],
    [{ recentContacts: [{ exists: true }] }, false],
  ])('%j, of a contact of which little is known: %p', (source, isAccepted) => {
    expect(accepts(source, EMPTY)).toBe(isAccepted);
  });

  test('a field that every object inherits is absent', () => {
    expect(accepts({ tags: { constructor: [{ exists: true }] } }, FULL)).toBe(false);
    expect(accepts({ tags: { toString: [{ 'anything-but': 'x' }] } }, FULL)).toBe(false);
  });

  test('one of several values of a list, also where another one does not satisfy it', () => {
    expect(accepts({ signals: [{ 'anything-but': 'outage' }] }, FULL)).toBe(true);
  });

  test.each([
    { channel: { 0: ['V'] } },
    { signals: { 0: ['outage'] } },
    { queue: ['q'] },
    { tags: [{ exists: true }] },
    { other: ['x'] },
    { '.tags': ['x'] },
  ])('%j, which no contact has', (source) => {
    expect(accepts(source, FULL)).toBe(false);
  });
});

test('fields that are always in one place are read directly', () => {
  const alone = ['instanceId', 'contactId', 'initialContactId', 'previousContactId', 'channel'];
  for (const first of [...alone, 'initiationMethod', 'signals', 'transfers', 'recentContacts']) {
    expect(directPlace(first)).toStrictEqual({ first, other: undefined });
  }
  for (const first of ['queue', 'tags', 'attributes']) {
    expect(directPlace(`${first}.id`)).toStrictEqual({ first, other: 'id' });
  }
  expect(directPlace('tags.a.b')).toStrictEqual({ first: 'tags', other: 'a.b' });
  expect(directPlace('transfers')).toStrictEqual({ first: 'transfers', other: undefined });
  const elsewhere = ['segmentAttributes.flat', 'tags', 'queue', '.tags', 'x.tags', 'signals.0', 'other'];
  expect(elsewhere.map(directPlace)).toStrictEqual(elsewhere.map(() => undefined));
});
