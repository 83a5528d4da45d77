import { expect, test } from '@jest/globals';
import { entryOf, requestsOf } from '../../../lambda/domain/outgoing-events/entry.ts';
import type {
  ConfigurationEvent,
  OutgoingEvent,
} from '../../../lambda/domain/outgoing-events/outgoing-event.ts';
import { KEY, T0 } from '../../support/contacts.ts';

const LEFT = {
  name: 'left',
  at: T0,
  contactArn: 'arn:aws:connect:eu-central-1:123456789012:instance/i-1/contact/c-1',
  detail: { ...KEY, id: 'left/c-1', queueId: 'q-1', waitedMs: 1_000, how: 'answered' },
} as const satisfies OutgoingEvent;
const CONFIGURED: ConfigurationEvent = {
  name: 'configured',
  at: T0,
  detail: { id: 'configured/1', parameter: 'pause', change: 'written', parameterVersion: 1 },
};

test('an event is sent as JSON, at the time at which it happened', () => {
  expect(entryOf(LEFT)).toEqual({
    source: 'connect-escalator',
    detailType: 'left',
    detail: JSON.stringify(LEFT.detail),
    resources: [LEFT.contactArn],
    time: new Date(T0),
  });
});

test('an event that is about no contact, or of one that is not known yet, names none', () => {
  const { contactArn: _contactArn, ...early } = LEFT;
  expect(entryOf(early).resources).toStrictEqual([]);
  expect(entryOf(CONFIGURED)).toEqual({
    source: 'connect-escalator',
    detailType: 'configured',
    detail: JSON.stringify(CONFIGURED.detail),
    resources: [],
    time: new Date(T0),
  });
});

/** Events as large as EventBridge counts them: 14 bytes for the time, and the UTF-8 of the texts. */
function ofSize(bytes: number, letter = 'x'): { readonly event: OutgoingEvent } {
  const filled = (text: string): OutgoingEvent => ({ ...LEFT, detail: { ...LEFT.detail, queueId: text } });
  const { source, detailType, detail, resources } = entryOf(filled(''));
  const fixed = 14 + [source, detailType, detail, ...resources].join('').length;
  const width = new TextEncoder().encode(letter).length;
  const left = bytes - fixed;
  return { event: filled(letter.repeat(left / width) + 'x'.repeat(left % width)) };
}

const lengths = (events: readonly { readonly event: OutgoingEvent }[]) =>
  requestsOf(events).map(({ length }) => length);

test('a request takes ten events, in their order', () => {
  const events = Array.from({ length: 25 }, (_, index) => ({ event: LEFT, index }));
  expect(requestsOf(events).map((request) => request.map(({ index }) => index))).toEqual([
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [10, 11, 12, 13, 14, 15, 16, 17, 18, 19],
    [20, 21, 22, 23, 24],
  ]);
  expect(requestsOf([])).toEqual([]);
});

test('a request takes 256 KB together', () => {
  const all = 256 * 1_024;
  for (const letter of ['x', 'ä']) {
    const [large, small] = [ofSize(all - 600, letter), ofSize(600)];
    expect(lengths([large, small])).toEqual([2]);
    expect(lengths([large, ofSize(601)])).toEqual([1, 1]);
    expect(lengths([small, large, small])).toEqual([2, 1]);
    expect(lengths([large, large, small])).toEqual([1, 2]);
  }
  expect(lengths([ofSize(all), ofSize(600), ofSize(600)])).toEqual([1, 2]);
  expect(lengths([600, 600, all - 1_200, 600].map((bytes) => ofSize(bytes)))).toEqual([3, 1]);
});
