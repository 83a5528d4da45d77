import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { EventQueue } from '../../../sim/centre/event-queue.ts';
import { Heap, type HeapEntry } from '../../../sim/centre/heap.ts';

describe('the heap', () => {
  test('returns the values that were added and not removed, in order', () => {
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

  test('removing an entry twice has no effect', () => {
    const heap = new Heap<string>((a, b) => (a < b ? -1 : 1));
    const entry = heap.push('a');
    heap.push('b');
    heap.remove(entry);
    heap.remove(entry);
    expect([...heap.values()]).toEqual(['b']);
  });
});

describe('the event queue', () => {
  test('times are whole milliseconds: events are rounded up, the current time is rounded down', () => {
    const eventQueue = new EventQueue();
    eventQueue.advanceTo(10.9);
    expect(eventQueue.now).toBe(10);
    eventQueue.schedule(11.2, () => {});
    expect(eventQueue.nextAt()).toBe(12);
  });

  test('events at the same time run in the order of scheduling, including those scheduled meanwhile', () => {
    const eventQueue = new EventQueue();
    const log: string[] = [];
    eventQueue.schedule(2, () => log.push('later'));
    eventQueue.schedule(1, () => {
      log.push('a');
      eventQueue.schedule(1, () => log.push('c'));
    });
    for (const name of ['b1', 'b2', 'b3', 'b4', 'b5', 'b6']) eventQueue.schedule(1, () => log.push(name));
    const cancelled = eventQueue.schedule(1, () => log.push('never'));
    eventQueue.cancel(cancelled);
    expect(eventQueue.nextAt()).toBe(1);
    eventQueue.runAt(1);
    expect(log).toEqual(['a', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6', 'c']);
    expect(eventQueue.nextAt()).toBe(2);
    expect(eventQueue.now).toBe(1);
  });
});
