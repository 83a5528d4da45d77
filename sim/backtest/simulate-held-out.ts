import type { ContactEvent } from '../../lambda/domain/contact/parse-event.ts';
import type { Scenario } from '../scenario/index.ts';
import { tierOfContact } from '../scenario/index.ts';
import { type RunConfiguration, type RunObserver, runScenario } from '../simulation/run-scenario.ts';
import type { WaitEnd } from '../simulation/wait-counts.ts';
import { WaitingContacts } from '../simulation/waiting-contacts.ts';
import type { RunKey } from '../workload/index.ts';
import { ScopeSamples, type Scopes } from './back-test-plan.ts';
import { FIGURES } from './figures.ts';

/** The figures of one run: for each scope those of {@link FIGURES}, one after another. */
export type RunFigures = Float64Array;

/** What a run of a back-test needs. */
export interface HeldOutRun {
  /** With the recorded arrivals. */
  readonly scenario: Scenario;
  readonly set: RunConfiguration;
  readonly key: RunKey;
  readonly scopes: Scopes;
  /** Receives the completed share of the run from time to time, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** Simulates what becomes of the held-out contacts in one run. The same run gives the same figures. */
export function simulateHeldOut({ scenario, set, key, scopes, onProgress }: HeldOutRun): RunFigures {
  const { startsAt, hours } = scenario;
  const collector = new HeldOutObserver(scenario, scopes, (now) =>
    onProgress?.(Math.min(1, (now - startsAt) / (hours * 3_600_000))),
  );
  runScenario(scenario, set, key, collector);
  return Float64Array.from(
    collector.samples.samples.flatMap((sample) => {
      const figures = sample.figures();
      return FIGURES.map((name) => figures[name]);
    }),
  );
}

/** Collects the waits of one run. */
class HeldOutObserver implements RunObserver {
  readonly samples: ScopeSamples;
  readonly #waiting: WaitingContacts;
  readonly #onProgress: (now: number) => void;

  constructor(scenario: Scenario, scopes: Scopes, onProgress: (now: number) => void) {
    this.samples = new ScopeSamples(scopes);
    this.#waiting = new WaitingContacts(tierOfContact(scenario));
    this.#onProgress = onProgress;
  }

  onEvent(event: ContactEvent, now: number): void {
    const contact = this.#waiting.follow(event, now);
    if (!contact) return;
    const waitEnd = event.eventType === 'CONNECTED_TO_AGENT' ? 'answered' : 'abandoned';
    this.#count(contact.contactId, waitEnd, now - contact.since);
  }

  onUpdate(): void {}

  onSuperseded(): void {}

  waitingCount(): number {
    return this.#waiting.size;
  }

  onProgress(now: number): boolean {
    this.#onProgress(now);
    return false;
  }

  /** Counts the contacts that still wait at the end. */
  onEnd(now: number): void {
    for (const { contactId, since } of this.#waiting.values()) this.#count(contactId, 'waiting', now - since);
  }

  /** The id of a contact is the name of its stream and its number, from 1. */
  #count(contactId: string, waitEnd: WaitEnd, waitedMs: number): void {
    const at = contactId.lastIndexOf('-');
    this.samples.add(contactId.slice(0, at), Number(contactId.slice(at + 1)) - 1, waitEnd, waitedMs / 1_000);
  }
}
