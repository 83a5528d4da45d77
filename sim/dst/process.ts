import type { Random } from '../random.ts';
import type { VirtualTime } from '../virtual/virtual-time.ts';
import type { Faults } from './faults.ts';
import type { Latencies, RequestKind } from './latencies.ts';

/** What a process needs of the run that it is part of. */
export interface ProcessContext {
  readonly time: VirtualTime;
  readonly faults: Faults;
  readonly latencies: Latencies;
  readonly random: Random;
  /** How far the clocks of processes are ahead of the true time, in milliseconds; default 0. */
  readonly clockSkewMs?: number | undefined;
  /** An invocation of a process ran into its time-out. */
  readonly onTimeout?: (name: string) => void;
  /** Receives a line for each event. */
  readonly trace?: ((line: string) => void) | undefined;
}

/** A request failed or its response was lost: the process cannot tell which. */
class RequestError extends Error {
  override readonly name = 'RequestError';
}

/** The process crashed during an invocation. */
export class CrashError extends Error {
  override readonly name = 'CrashError';
}

/**
 * The maximum extra latency of a slow request, in milliseconds. The process waits for as long as the request
 * takes: the time-out and the retries of the SDK's clients are not modelled.
 */
const MAX_SLOW_MS = 8_000;

/** The time after which a lost response fails the request, in milliseconds. It is not retried. */
const RESPONSE_TIMEOUT_MS = 5_000;

/**
 * An execution environment of a function. A crash loses its memory. Each of its requests is a point where a
 * fault may occur. A crashed process does nothing more: its pending promises never settle, so that no error
 * handler and no `finally` runs.
 */
export class Process {
  readonly name: string;
  /** Whether it runs the earlier version of the system. */
  readonly isEarlierVersion: boolean;
  readonly #context: ProcessContext;
  /** The intervals in which faults delayed its requests. */
  readonly #delays: { readonly from: number; readonly until: number }[] = [];
  #reject: ((error: CrashError) => void) | undefined;
  #isAlive = true;

  constructor(name: string, context: ProcessContext, isEarlierVersion = false) {
    this.name = name;
    this.isEarlierVersion = isEarlierVersion;
    this.#context = context;
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** The time by its own clock. */
  get now(): number {
    return this.#context.time.now + (this.#context.clockSkewMs ?? 0);
  }

  sleep(durationMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#context.time.after(durationMs, () => {
        if (this.#isAlive) resolve();
      });
    });
  }

  /**
   * Runs an invocation.
   *
   * @returns its result. It rejects with CrashError when the process crashes or times out first.
   */
  run<T>(invocation: () => Promise<T>, timeoutMs: number): Promise<T> {
    const timeout = this.#context.time.after(timeoutMs, () => {
      this.#context.onTimeout?.(this.name);
      this.crash('timed out');
    });
    return new Promise<T>((resolve, reject) => {
      this.#reject = reject;
      invocation().then(
        (result) => {
          this.#context.time.cancel(timeout);
          resolve(result);
        },
        (error: unknown) => {
          this.#context.time.cancel(timeout);
          reject(error);
        },
      );
    });
  }

  crash(reason: string): void {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    this.#trace(`crashes: ${reason}`);
    this.#reject?.(new CrashError(reason));
  }

  /**
   * Sends a request, which takes effect after a latency.
   *
   * @param kind - determines the latency; half of it applies to the request, half to the response.
   */
  request<T>(operation: string, effect: () => T, kind: RequestKind = 'service'): Promise<T> {
    const { time, faults } = this.#context;
    if (!this.#isAlive) return new Promise(() => {});
    return new Promise((resolve, reject) => {
      const respond = (action: () => void, afterMs = this.#context.latencies.oneWayMs(kind)) =>
        time.after(afterMs, () => {
          if (this.#isAlive) action();
        });
      if (faults.injects('crash-before')) return this.crash(`before ${operation}`);
      time.after(this.#requestMs(kind), () => {
        if (faults.injects('request-fails')) {
          this.#trace(`${operation} fails`);
          return respond(() => reject(new RequestError(`${operation} failed`)));
        }
        let result: T;
        try {
          result = effect();
        } catch (error) {
          return respond(() => reject(error));
        }
        this.#trace(operation);
        if (faults.injects('crash-after')) return this.crash(`after ${operation}`);
        if (faults.injects('response-lost')) {
          this.#delay(RESPONSE_TIMEOUT_MS);
          return respond(() => reject(new RequestError(`${operation} got no response`)), RESPONSE_TIMEOUT_MS);
        }
        return respond(() => resolve(result));
      });
    });
  }

  /**
   * The total time for which faults delayed requests of this process between two moments, in milliseconds of true time.
   */
  delayedMs(from: number, until: number): number {
    const overlaps = this.#delays.map((delay) => Math.min(delay.until, until) - Math.max(delay.from, from));
    return overlaps.reduce((total, overlap) => total + Math.max(0, overlap), 0);
  }

  #requestMs(kind: RequestKind): number {
    const latencyMs = this.#context.latencies.oneWayMs(kind);
    if (!this.#context.faults.injects('slow-request')) return latencyMs;
    const slowMs = latencyMs + this.#context.random() * MAX_SLOW_MS;
    this.#delay(slowMs);
    return slowMs;
  }

  #delay(durationMs: number): void {
    const { now } = this.#context.time;
    this.recordDelay(now, now + durationMs);
  }

  /** A fault delays a request of this process from one moment to another, in milliseconds of true time. */
  recordDelay(from: number, until: number): void {
    this.#delays.push({ from, until });
  }

  #trace(what: string): void {
    this.#context.trace?.(`${this.name} ${what}`);
  }
}
