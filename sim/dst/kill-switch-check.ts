import { CONFIGURATION_MAX_AGE_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import type { VirtualTime } from '../virtual/virtual-time.ts';
import { MAX_DESCRIBE_MS, MAX_REQUEST_MS } from './latencies.ts';
import type { Process } from './process.ts';

/** Dispatch knows a pause when its cache has expired. */
const CACHE_MS = CONFIGURATION_MAX_AGE_SECONDS * 1_000;

/** A round that began before that ends with an answer of Connect, a few requests, and the update. */
const ROUND_MS = MAX_DESCRIBE_MS + 30 * MAX_REQUEST_MS;

/**
 * Checks the kill switch: once a pause is published, no call follows but those of the round in flight. A process that
 * has read the pause makes none at all, and no process one after its cache has expired.
 */
export class KillSwitchChecker {
  checks = 0;
  readonly #time: Pick<VirtualTime, 'now'>;
  readonly #report: (message: string) => void;
  /** Since when a pause is published, in milliseconds since the epoch. */
  #stoppedSince: number | undefined;
  /** The processes whose last read of the settings said that calls are stopped. */
  readonly #informed = new Set<string>();

  constructor(time: Pick<VirtualTime, 'now'>, report: (message: string) => void) {
    this.#time = time;
    this.#report = report;
  }

  /** A configuration is published. */
  onPublished(isStopped: boolean): void {
    this.#stoppedSince = isStopped ? (this.#stoppedSince ?? this.#time.now) : undefined;
  }

  /** A process reads the settings. */
  onSettingsRead({ name }: Process, isStopped: boolean): void {
    if (isStopped) this.#informed.add(name);
    else this.#informed.delete(name);
  }

  /** A process calls Connect. */
  onCall(process: Process, call: string): void {
    this.checks += 1;
    const { now } = this.#time;
    if (this.#informed.has(process.name)) {
      this.#report(`${process.name} makes a ${call}, and has read that calls are stopped`);
    }
    if (this.#stoppedSince === undefined) return;
    const elapsedMs = now - this.#stoppedSince - process.delayedMs(this.#stoppedSince, now);
    if (elapsedMs > CACHE_MS + ROUND_MS) {
      this.#report(`${process.name} makes a ${call} ${elapsedMs} ms after calls were stopped`);
    }
  }
}
