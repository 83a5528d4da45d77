import { describe, expect, test } from '@jest/globals';
import { EVENT_NAMES, type OutgoingEvent } from '../../../lambda/domain/outgoing-events/outgoing-event.ts';
import type { Report } from '../../../lambda/domain/reports/report.ts';
import { withoutSentEvents, withUnsentEvents } from '../../../lambda/domain/reports/unsent.ts';
import { KEY, queuedContact, T0 } from '../../support/contacts.ts';

const event = (name: OutgoingEvent['name'], id: number, text = ''): OutgoingEvent =>
  ({ name, at: T0, detail: { ...KEY, id: String(id), error: text } }) as unknown as OutgoingEvent;
const reports = (events: readonly OutgoingEvent[]) =>
  events.map((one) => ({ kind: 'change', line: {}, event: one }) as unknown as Report);
const RECORD = queuedContact();
const keep = (events: readonly OutgoingEvent[], record = RECORD) =>
  withUnsentEvents(record, reports(events), EVENT_NAMES);
const range = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('the events that a record keeps', () => {
  test('are those that the settings choose, each once', () => {
    const [left, missed] = [event('left', 1), event('missed', 2)];
    const record = withUnsentEvents(RECORD, reports([left, missed]), ['left']);
    expect(record).toEqual({ ...RECORD, unsentEvents: [left] });
    expect(keep([left], record)).toBe(record);
    expect(keep([left, missed], record).unsentEvents).toEqual([left, missed]);
    expect(withUnsentEvents(RECORD, reports([missed]), ['left'])).toBe(RECORD);
  });

  test('are gone once they were sent', () => {
    const record = keep([event('left', 1), event('missed', 2)]);
    expect(withoutSentEvents(record, new Set(['1'])).unsentEvents).toEqual([event('missed', 2)]);
    expect(withoutSentEvents(record, new Set(['3']))).toBe(record);
    expect(Object.keys(withoutSentEvents(record, new Set(['1', '2'])))).not.toContain('unsentEvents');
    expect(withoutSentEvents(RECORD, new Set(['1']))).toBe(RECORD);
  });

  test.each(['escalated', 'overridden', 'released'] as const)(
    'are 100: the oldest that is %s goes first, since the log has it',
    (name) => {
      const all = [event('rejected', -2), event('left', -1), ...range(98).map((id) => event(name, id))];
      expect(keep(all).unsentEvents).toEqual(all);
      const more = keep([event('missed', 200)], keep(all)).unsentEvents ?? [];
      expect(more.map(({ detail: { id } }) => id)).toEqual([
        '-2',
        '-1',
        ...range(98).slice(1).map(String),
        '200',
      ]);
    },
  );

  test('are the latest where the log has none of them', () => {
    const ids = keep(range(103).map((id) => event('rejected', id))).unsentEvents?.map(
      ({ detail }) => detail.id,
    );
    expect(ids).toEqual(range(103).slice(3).map(String));
  });

  test('have 100,000 bytes together, as JSON', () => {
    const bytes = (events: readonly OutgoingEvent[]) =>
      new TextEncoder().encode(JSON.stringify(events)).length;
    const filled = (size: number) => {
      const one = [event('left', 1), event('left', 2, 'ä')];
      const rest = size - bytes(one);
      return [event('left', 1, 'x'.repeat(rest)), event('left', 2, 'ä')];
    };
    expect(keep(filled(100_000)).unsentEvents).toHaveLength(2);
    expect(keep(filled(100_001)).unsentEvents).toEqual([event('left', 2, 'ä')]);
  });
});
