import type { UnderWay } from '../../../lambda/domain/contact/record.ts';
import { canonicalJson } from '../../../lambda/domain/json.ts';
import { TIMEOUT_MS } from '../../virtual/delivery.ts';

/** By how much the clocks of two processes may differ, and how long a request may be on its way, in milliseconds. */
const SLACK_MS = 10_000;

/** The longest time between the moments at which two places of one invocation look at the clock, in milliseconds. */
const ROUNDING_MS = 1_000;

/** An update as it began. */
interface Begun {
  readonly update: string;
  readonly at: number;
  readonly endsAt: number;
  /** The dispatch that began it has its result. */
  isEnded: boolean;
}

/** An update of which its dispatch does not know the result yet. */
export interface BegunUpdate {
  onEnded(): void;
}

/**
 * Checks invariant 22: an update, and no other, counts as under way for as long as the dispatch that began it can take,
 * and no longer. What wants to send it meanwhile comes back later, also where that dispatch crashed: Connect may get the
 * call until then. Afterwards nothing is in the way.
 */
export class UnderWayChecker {
  checks = 0;
  /** By the mark in the record of its contact. */
  readonly #begun = new Map<string, Begun>();
  /** The updates by their idempotency keys. */
  readonly #byKey = new Map<string, string>();
  readonly #report: (message: string) => void;

  constructor(report: (message: string) => void) {
    this.#report = report;
  }

  /**
   * A process is about to mark an update, and to send it.
   *
   * @param update - names it: contact, generation and request.
   * @param read - the mark that the record of the contact had; undefined: none.
   * @param at - milliseconds since the epoch.
   * @param endsAt - when the invocation ends at the latest, likewise.
   */
  onBegin(
    update: string,
    mark: UnderWay,
    read: UnderWay | undefined,
    at: number,
    endsAt: number,
  ): BegunUpdate {
    this.checks += 1;
    const other = read && this.#begun.get(canonicalJson(read));
    if (other?.update === update && !other.isEnded && at < other.endsAt - ROUNDING_MS) {
      this.#report(
        `${update} begins, and the dispatch that began it before may take ${other.endsAt - at} ms more`,
      );
    }
    const namesake = this.#byKey.get(mark.key) ?? update;
    if (namesake !== update) this.#report(`${update} has the idempotency key of ${namesake}`);
    this.#byKey.set(mark.key, update);
    const begun: Begun = { update, at, endsAt, isEnded: false };
    this.#begun.set(canonicalJson(mark), begun);
    return {
      onEnded() {
        begun.isEnded = true;
      },
    };
  }

  /** A process may not begin an update, because the mark in the record says that it is under way. */
  onRefused(update: string, mark: UnderWay, at: number): void {
    this.checks += 1;
    const begun = this.#begun.get(canonicalJson(mark));
    if (begun?.update !== update) {
      this.#report(`${update} counts as under way, and ${begun?.update ?? 'no update'} is`);
    } else if (at - begun.at > TIMEOUT_MS.dispatch + SLACK_MS) {
      this.#report(`${update} counts as under way, and began ${Math.round(at - begun.at)} ms ago`);
    }
  }
}
