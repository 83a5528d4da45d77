import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import { UsageError } from './errors.ts';

/** Node.js is about to end the process when more than this share of the memory is in use after a collection of garbage. */
const FULL_SHARE = 0.85;

const MEGABYTE = 2 ** 20;

/**
 * What V8 adds to `--max-old-space-size` for young objects: three semi-spaces. What is kept does not fit in there.
 *
 * Source: `heap_size_limit` of Node.js 22.12, 22.23, 23.11, 24.21 and 25.9.
 */
const YOUNG_BYTES = (Number.parseInt(process.versions.node, 10) < 24 ? 48 : 192) * MEGABYTE;

/** Ends a command with a sentence before Node.js ends it with a stack trace, for lack of memory. */
export interface MemoryGuard {
  /** @throws UsageError when memory is nearly full. */
  check(): void;
  /** Stops observing the memory. */
  end(): void;
}

/**
 * Observes how much of the memory of Node.js is in use after each major collection of garbage.
 *
 * @param advice - what a person can do instead, as the rest of a sentence: `replay fewer days`.
 */
export function createMemoryGuard(advice: string): MemoryGuard {
  let isFull = false;
  const observer = new PerformanceObserver((list) => {
    // Minor ones come many times a second, and leave most garbage.
    if (!list.getEntries().some((entry) => kindOf(entry) === constants.NODE_PERFORMANCE_GC_MAJOR)) return;
    const { used, limit } = heap();
    if (used > FULL_SHARE * limit) isFull = true;
  });
  observer.observe({ entryTypes: ['gc'] });
  return {
    check() {
      if (!isFull) return;
      const megabytes = Math.round(heap().limit / MEGABYTE);
      throw new UsageError(
        `The ${megabytes} MB of memory that Node.js may use are nearly full: ${advice}, or allow more, such as ` +
          `NODE_OPTIONS=--max-old-space-size=${nextSize(megabytes)}.`,
      );
    },
    end: () => observer.disconnect(),
  };
}

/** The types of Node.js leave `detail` out. */
function kindOf(entry: PerformanceEntry): number | undefined {
  return (entry as PerformanceEntry & { readonly detail?: { readonly kind?: number } }).detail?.kind;
}

/** The memory in use, and how much objects that stay may use, in bytes. */
function heap(): { readonly used: number; readonly limit: number } {
  const { used_heap_size: used, heap_size_limit } = getHeapStatistics();
  return { used, limit: heap_size_limit - YOUNG_BYTES };
}

/** The next size, in MB, of at least twice as much. */
function nextSize(megabytes: number): number {
  return 2 ** Math.ceil(Math.log2(2 * megabytes));
}
