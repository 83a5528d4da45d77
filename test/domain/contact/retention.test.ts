import { expect, test } from '@jest/globals';
import { expiresTooSoon, keptUntil } from '../../../lambda/domain/contact/retention.ts';
import { queuedContact, T0 } from '../../support/contacts.ts';

const DAY_MS = 86_400_000;
const factsOf = (changes: object = {}) => queuedContact(changes).facts;

test.each([
  ['a call that waits', factsOf(), undefined, 14],
  ['a chat that waits', factsOf({ channel: 'CHAT' }), undefined, 14],
  ['an e-mail that waits', factsOf({ channel: 'EMAIL' }), undefined, 97],
  ['a contact of an unknown channel', factsOf({ channel: undefined }), undefined, 97],
  ['a contact of which nothing is known', undefined, undefined, 97],
  ['a contact that has left', factsOf({ disconnectedAt: T0 }), undefined, 2],
  ['a contact that has left, with nothing to send', factsOf({ disconnectedAt: T0 }), false, 2],
  ['a contact that has left, with events that are not sent', factsOf({ disconnectedAt: T0 }), true, 14],
])('the record of %s is kept: %#', (_name, facts, hasUnsentEvents, days) => {
  expect(keptUntil(facts, T0, hasUnsentEvents) - T0).toBe(days * DAY_MS);
});

test.each([
  ['a contact without a visit', undefined, T0, false],
  ['a contact that has left', factsOf({ disconnectedAt: T0 }), T0, false],
  ['a call, kept for two weeks', factsOf(), T0 + 14 * DAY_MS, false],
  ['a call, kept for less', factsOf(), T0 + 14 * DAY_MS - 1, true],
  ['an e-mail, kept like a call', factsOf({ channel: 'EMAIL' }), T0 + 14 * DAY_MS, true],
])('the record of %s would be deleted too soon: %#', (_name, facts, expiresAt, isTooSoon) => {
  expect(expiresTooSoon(facts, expiresAt)).toBe(isTooSoon);
});
