import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { EventQueue } from '../../../sim/centre/event-queue.ts';
import { Heap, type HeapEntry } from '../../../sim/centre/heap.ts';

describe('the heap', () => {
  test('gives back in order what was put in and not taken out, whatever came between', () => {
    const operations = fc.array(
      fc.oneof(
        fc.record({ push: fc.integer({ min: 0, max: 50 }) }),
        fc.record({ remove: fc.nat() }),
        fc.record({ pop: fc.constant(true) }),
      ),
      { maxLength: 150, size: 'max' },
    );
    fc.assert(
      fc.property(operations, (list) => {
        const heap = new Heap<number>((a, b) => a - b);
        const entries: HeapEntry<number>[] = [];
        const inside = () =>
          entries
            .filter(({ index }) => index >= 0)
            .map(({ value }) => value)
            .sort((a, b) => a - b);
        for (const operation of list) {
          if ('push' in operation) entries.push(heap.push(operation.push));
          else if ('pop' in operation) {
            const [first] = inside();
            expect(heap.pop()).toBe(first);
          } else {
            const entry = entries[operation.remove % entries.length];
            if (entry) heap.remove(entry);
          }
          expect(heap.peek()).toBe(inside()[0]);
          expect(heap.size).toBe(inside().length);
          expect([...heap.values()].sort((a, b) => a - b)).toEqual(inside());
        }
        const rest = inside();
        expect(rest.map(() => heap.pop())).toEqual(rest);
        expect(heap.pop()).toBeUndefined();
      }),
    );
  });

  test('an entry that is out already is taken out no more', () => {
    const heap = new Heap<string>((a, b) => (a < b ? -1 : 1));
    const entry = heap.push('a');
    heap.push('b');
    heap.remove(entry);
    heap.remove(entry);
    expect([...heap.values()]).toEqual(['b']);
  });
});

describe('the calendar', () => {
  test('moments are whole milliseconds: nothing happens before its time, and the present is not ahead', () => {
    const calendar = new EventQueue();
    calendar.advanceTo(10.9);
    expect(calendar.now).toBe(10);
    calendar.schedule(11.2, () => {});
    expect(calendar.nextAt()).toBe(12);
  });

  test('what is due at one moment happens in the order of booking, what is booked for it meanwhile last', () => {
    const calendar = new EventQueue();
    const happened: string[] = [];
    calendar.schedule(2, () => happened.push('later'));
    calendar.schedule(1, () => {
      happened.push('a');
      calendar.schedule(1, () => happened.push('c'));
    });
    for (const name of ['b1', 'b2', 'b3', 'b4', 'b5', 'b6']) calendar.schedule(1, () => happened.push(name));
    const cancelled = calendar.schedule(1, () => happened.push('never'));
    calendar.cancel(cancelled);
    expect(calendar.nextAt()).toBe(1);
    calendar.runAt(1);
    expect(happened).toEqual(['a', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6', 'c']);
    expect(calendar.nextAt()).toBe(2);
    expect(calendar.now).toBe(1);
  });
});
