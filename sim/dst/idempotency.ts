/** What Powertools keeps of a call: that it is under way, or what came of it. */
type IdempotencyRecord<T> =
  | { readonly status: 'in-progress'; readonly expiresAt: number }
  | { readonly status: 'completed'; readonly expiresAt: number; readonly result: T };

/** What the beginning of a call finds. */
export type BeginResult<T> =
  | { readonly kind: 'started' }
  | { readonly kind: 'in-progress' }
  | { readonly kind: 'completed'; readonly result: T };

/** As `lambda/aws/idempotent-connect.ts` has it. */
const RETENTION_MS = 3_600_000;

/**
 * The records of Powertools idempotency: a call that completed is not made again, one that is under way is not made
 * by a second process until the first must have ended, and one that failed is forgotten.
 */
export class IdempotencyRecords<T> {
  readonly #entries = new Map<string, IdempotencyRecord<T>>();

  /** @param remainingMs - time that is left to the invocation: for so long the call counts as under way. */
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
