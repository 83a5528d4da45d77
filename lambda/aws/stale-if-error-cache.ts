import { CONFIGURATION_MAX_AGE_SECONDS } from '../domain/deployment-constants.ts';

/** Called when SSM does not answer. */
export type ReportOutage = (error: unknown) => void;

/**
 * A value from SSM, cached for a short time. While SSM does not answer, the last value stays in use.
 *
 * Source of the name: the `stale-if-error` extension of HTTP caching, RFC 5861.
 */
export class StaleIfErrorCache<T> {
  readonly #read: () => Promise<T>;
  readonly #reportOutage: ReportOutage;
  #last: { readonly value: T } | undefined;
  #freshUntil = 0;

  constructor(read: () => Promise<T>, reportOutage: ReportOutage) {
    this.#read = read;
    this.#reportOutage = reportOutage;
  }

  /**
   * @returns the same object until the value is read again.
   * @throws what reading throws, where no value was ever read.
   */
  async current(): Promise<T> {
    if (this.#last && Date.now() < this.#freshUntil) return this.#last.value;
    try {
      this.#last = { value: await this.#read() };
    } catch (error) {
      if (!this.#last) throw error;
      this.#reportOutage(error);
    }
    // Also after a failure: it costs time, and reading again at each reconcile would cost it each time.
    this.#freshUntil = Date.now() + CONFIGURATION_MAX_AGE_SECONDS * 1_000;
    return this.#last.value;
  }
}
