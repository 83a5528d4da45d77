import type { Random } from '../random.ts';
import type { VirtualTime } from '../virtual/virtual-time.ts';
import type { Faults } from './faults.ts';
import type { Latencies, RequestKind } from './latencies.ts';

/** What a process lives in. */
export interface Environment {
  readonly time: VirtualTime;
  readonly faults: Faults;
  readonly latencies: Latencies;
  readonly random: Random;
  /** Gets a line for each thing that happens; absent when nobody reads it. */
  readonly trace?: ((line: string) => void) | undefined;
}

/** A request failed, or its answer was lost: the process cannot tell which. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
}

/** The process ended in the middle of an invocation. */
export class CrashError extends Error {
  override readonly name = 'CrashError';
}

/** A slow one takes up to so much longer on its way. The clients give up after 5 s and try again. */
const MAX_SLOW_MS = 8_000;

/** What the client waits for an answer that does not come. */
const RESPONSE_TIMEOUT_MS = 5_000;

/**
 * An execution environment of a function: what it keeps between invocations is lost when it crashes. Each of its
 * requests is a place where a fault may strike. A process that has crashed does nothing any more: what it waits for
 * never comes, so that no handling of errors and no `finally` of its runs.
 */
export class Process {
  readonly name: string;
  readonly #environment: Environment;
  /** Since when its requests were held up, and until when. */
  readonly #delays: { readonly from: number; readonly until: number }[] = [];
  #reject: ((error: CrashError) => void) | undefined;
  #isAlive = true;

  constructor(name: string, around: Environment) {
    this.name = name;
    this.#environment = around;
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  get now(): number {
    return this.#environment.time.now;
  }

  sleep(durationMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#environment.time.after(durationMs, () => {
        if (this.#isAlive) resolve();
      });
    });
  }

  /**
   * Runs an invocation.
   *
   * @returns what it returns. It rejects with CrashError when the process ends before, by a fault or its timeout.
   */
  run<T>(invocation: () => Promise<T>, timeoutMs: number): Promise<T> {
    const timeout = this.#environment.time.after(timeoutMs, () => this.crash('timed out'));
    return new Promise<T>((resolve, reject) => {
      this.#reject = reject;
      invocation().then(
        (result) => {
          this.#environment.time.cancel(timeout);
          resolve(result);
        },
        (error: unknown) => {
          this.#environment.time.cancel(timeout);
          reject(error);
        },
      );
    });
  }

  crash(why: string): void {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    this.#trace(`crashes: ${why}`);
    this.#reject?.(new CrashError(why));
  }

  /**
   * A request to a service: takes effect there at once, some time from now.
   *
   * @param kind - what it takes goes by that, half of it on the way there.
   */
  request<T>(operation: string, effect: () => T, kind: RequestKind = 'service'): Promise<T> {
    const { time, faults } = this.#environment;
    if (!this.#isAlive) return new Promise(() => {});
    return new Promise((resolve, reject) => {
      const answer = (action: () => void, afterMs = this.#environment.latencies.oneWayMs(kind)) =>
        time.after(afterMs, () => {
          if (this.#isAlive) action();
        });
      if (faults.injects('crash-before')) return this.crash(`before ${operation}`);
      time.after(this.#requestMs(kind), () => {
        if (faults.injects('request-fails')) {
          this.#trace(`${operation} fails`);
          return answer(() => reject(new RequestError(`${operation} failed`)));
        }
        let result: T;
        try {
          result = effect();
        } catch (error) {
          return answer(() => reject(error));
        }
        this.#trace(operation);
        if (faults.injects('crash-after')) return this.crash(`after ${operation}`);
        if (faults.injects('answer-lost')) {
          return answer(() => reject(new RequestError(`${operation} was not answered`)), RESPONSE_TIMEOUT_MS);
        }
        return answer(() => resolve(result));
      });
    });
  }

  /** For how long requests of this process were held up by faults between two moments, in milliseconds. */
  delayedMs(from: number, until: number): number {
    const overlaps = this.#delays.map((hold) => Math.min(hold.until, until) - Math.max(hold.from, from));
    return overlaps.reduce((total, overlap) => total + Math.max(0, overlap), 0);
  }

  #requestMs(kind: RequestKind): number {
    const usualMs = this.#environment.latencies.oneWayMs(kind);
    if (!this.#environment.faults.injects('slow-request')) return usualMs;
    const slowMs = usualMs + this.#environment.random() * MAX_SLOW_MS;
    this.#delays.push({ from: this.now, until: this.now + slowMs });
    return slowMs;
  }

  #trace(what: string): void {
    this.#environment.trace?.(`${this.name} ${what}`);
  }
}
