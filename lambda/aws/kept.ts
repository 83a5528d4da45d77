/** Seconds for which policies and settings are kept before they are read again: a change takes effect within. */
export const CONFIGURATION_MAX_AGE_SECONDS = 20;

/** What to do when SSM does not answer. */
export type ReportOutage = (error: unknown) => void;

/** Something in SSM that is read anew after a short time. While SSM does not answer, what was last read stays. */
export class Kept<T> {
  readonly #read: () => Promise<T>;
  readonly #reportOutage: ReportOutage;
  #last: { readonly value: T } | undefined;
  #servedUntil = 0;

  constructor(read: () => Promise<T>, reportOutage: ReportOutage) {
    this.#read = read;
    this.#reportOutage = reportOutage;
  }

  /**
   * @returns the same object as long as nothing was read anew.
   * @throws what reading throws, where nothing was ever read.
   */
  async current(): Promise<T> {
    if (this.#last && Date.now() < this.#servedUntil) return this.#last.value;
    try {
      this.#last = { value: await this.#read() };
    } catch (error) {
      if (!this.#last) throw error;
      this.#reportOutage(error);
    }
    // Also after a failure: it costs time, and asking again at each look would cost it each time.
    this.#servedUntil = Date.now() + CONFIGURATION_MAX_AGE_SECONDS * 1_000;
    return this.#last.value;
  }
}
