import type { ContactRecord, Signal } from '../../lambda/domain/contact/record.ts';

/**
 * Checks invariant 21: signals and overrides count from when they were sent, also those that come late, twice or from a
 * redrive.
 */
export class MessageTimeChecker {
  checks = 0;
  readonly #sentAt = new Set<number>();
  readonly #report: (message: string) => void;

  constructor(report: (message: string) => void) {
    this.#report = report;
  }

  /** Another system or an operator sends a message. @param at - milliseconds since the epoch. */
  onSent(at: number): void {
    this.#sentAt.add(at);
  }

  onSave({ contactId, signals, queueSignals = {}, override }: ContactRecord): void {
    for (const [name, { at }] of [...Object.entries(signals), ...Object.entries<Signal>(queueSignals)]) {
      this.#check(at, `the signal ${name} of ${contactId}`);
    }
    if (override) this.#check(override.at, `the override of ${contactId}`);
  }

  #check(at: number, what: string): void {
    this.checks += 1;
    if (!this.#sentAt.has(at)) this.#report(`${what} counts from ${at}, when nothing was sent`);
  }
}
