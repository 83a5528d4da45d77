import { describe, expect, test } from '@jest/globals';
import {
  type FoundContact,
  isAdoptable,
  isKnownToWait,
  seemsToWait,
} from '../../../lambda/domain/contact/adoption.ts';
import type { PlanReason } from '../../../lambda/domain/contact/decision.ts';
import { queueVisitId } from '../../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { queuedContact, T0 } from '../../support/contacts.ts';

const REGION = 'eu-central-1';

test.each<[string, Partial<FoundContact>, boolean]>([
  ['was enqueued', { enqueuedAt: T0 }, true],
  ['was enqueued after it was connected', { enqueuedAt: T0, connectedAt: T0 - 1 }, true],
  ['was never enqueued', {}, false],
  ['was connected when it was enqueued', { enqueuedAt: T0, connectedAt: T0 }, false],
  ['was connected after it was enqueued', { enqueuedAt: T0, connectedAt: T0 + 1 }, false],
  ['is disconnected', { enqueuedAt: T0, disconnectedAt: T0 - 1 }, false],
  ['is of this Region', { enqueuedAt: T0, activeRegion: REGION }, true],
  ['is of another Region', { enqueuedAt: T0, activeRegion: 'us-east-1' }, false],
])('a contact that was found and %s seems to wait: %#', (_name, found, waits) => {
  expect(seemsToWait({ contactId: 'c-1', ...found }, REGION)).toBe(waits);
});

/** A contact that waits, with a decision about its visit. */
function decided(reason: PlanReason, changes: Partial<ContactRecord> = {}): ContactRecord {
  const record = queuedContact();
  const queueVisit = queueVisitId(record.facts);
  const decision = { queueVisit, generation: 1, reason, desired: {}, allowLower: false };
  return { ...record, decision, ...changes } as ContactRecord;
}

describe('a contact is known to wait', () => {
  test.each<[string, ContactRecord, boolean]>([
    ['when it was decided on', decided('no-policy'), true],
    ['not when nothing is done for it', decided('closed'), false],
    [
      'not when the decision is about another visit',
      { ...decided('governed'), facts: queuedContact({ queue: { arn: 'arn:other', enqueuedAt: T0 } }).facts },
      false,
    ],
    ['not before a decision', queuedContact(), false],
    [
      'not once it has left',
      { ...decided('not-queued'), facts: queuedContact({ disconnectedAt: T0 }).facts },
      false,
    ],
  ])('%s', (_name, record, isKnown) => {
    expect(isKnownToWait(record)).toBe(isKnown);
  });
});

describe('a contact that the search found waiting is asked about', () => {
  const found = { enqueuedAt: T0 };
  const left = (facts: Parameters<typeof queuedContact>[0]) => queuedContact(facts);
  test.each<[string, ContactRecord | undefined, boolean]>([
    ['when nothing is known of it', undefined, true],
    ['when its record has no facts', { ...queuedContact(), facts: undefined }, true],
    ['when it was not decided on', queuedContact(), true],
    ['when nothing is done for it', decided('closed'), true],
    ['not when the system acts for it', decided('governed'), false],
    ['not while it is paused', decided('paused'), false],
    ['not while a question is pending', { ...queuedContact(), look: { at: T0 } }, false],
    ['when the question is to be repeated', { ...queuedContact(), look: { at: T0, retryAt: T0 + 1 } }, true],
    ['not when it is known as disconnected', left({ disconnectedAt: T0 - 60_000 }), false],
    ['not when it was connected a second later', left({ connectedAt: T0 + 1_000 }), false],
    ['when it was connected within the second that was found', left({ connectedAt: T0 + 999 }), true],
    ['when it was connected before', left({ connectedAt: T0 - 1 }), true],
  ])('%s', (_name, record, isAsked) => {
    expect(isAdoptable(record, found)).toBe(isAsked);
  });

  test('unless it was connected, where the search tells no time', () => {
    expect(isAdoptable(left({ connectedAt: T0 }), {})).toBe(false);
    expect(isAdoptable(left({}), {})).toBe(true);
  });
});
