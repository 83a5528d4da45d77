/** The idempotency record of an update. */
type IdempotencyRecord<T> =
  | { readonly status: 'in-progress'; readonly expiresAt: number }
  | { readonly status: 'completed'; readonly expiresAt: number; readonly result: T };

/** The result of starting an update. */
type BeginResult<T> =
  | { readonly kind: 'started' }
  | { readonly kind: 'in-progress' }
  | { readonly kind: 'completed'; readonly result: T };

/** How long an update that was completed is not sent again, in milliseconds. */
export const RETENTION_MS = 3_600_000;

/**
 * Models Powertools idempotency: an update that completed is not sent again, one in progress is not sent by
 * another process until the first one must have ended, and the record of a failed one is deleted.
 */
export class IdempotencyRecords<T> {
  readonly #entries = new Map<string, IdempotencyRecord<T>>();

  /**
   * @param remainingMs - the remaining time of the invocation, for which the update counts as in progress.
   */
  begin(identity: string, now: number, remainingMs: number): BeginResult<T> {
    const entry = this.#entries.get(identity);
    if (entry && entry.expiresAt > now) {
      return entry.status === 'completed'
        ? { kind: 'completed', result: entry.result }
        : { kind: 'in-progress' };
    }
    this.#entries.set(identity, { status: 'in-progress', expiresAt: now + remainingMs });
    return { kind: 'started' };
  }

  complete(identity: string, result: T, now: number): void {
    this.#entries.set(identity, { status: 'completed', expiresAt: now + RETENTION_MS, result });
  }

  forget(identity: string): void {
    this.#entries.delete(identity);
  }
}
