import type { ChangeLine } from '../../lambda/domain/outgoing-events/lines.ts';
import type { UpdateResult } from '../../lambda/domain/reconcile/update-result.ts';
import type { Telemetry } from '../../lambda/flow/ports.ts';
import { NO_TELEMETRY } from '../virtual/no-telemetry.ts';

type Kind = UpdateResult['kind'] | 'malformed' | 'failed message';

/** What Connect answers to an update and what is counted for it. The others are counted as rejected, or tried again. */
const COUNTED: readonly Kind[] = [
  'done',
  'throttled',
  'unknown',
  'gone',
  'denied',
  'malformed',
  'failed message',
];

/**
 * Checks that nothing is dropped in silence: each update without success, each malformed message and each message that
 * failed is counted by the telemetry.
 */
export class LossChecker {
  checks = 0;
  readonly #happened = new Map<Kind, number>();
  readonly #reported = new Map<Kind, number>();
  readonly #onChange: (line: ChangeLine) => void;

  /** The telemetry of the processes. */
  readonly telemetry: Telemetry = {
    ...NO_TELEMETRY,
    changeReported: (line) => this.#onChange(line),
    changeApplied: () => this.#count(this.#reported, 'done'),
    callThrottled: () => this.#count(this.#reported, 'throttled'),
    outcomeUnknown: () => this.#count(this.#reported, 'unknown'),
    contactClosed: () => this.#count(this.#reported, 'gone'),
    accessDenied: () => this.#count(this.#reported, 'denied'),
    malformedMessage: () => this.#count(this.#reported, 'malformed'),
    messageFailed: () => this.#count(this.#reported, 'failed message'),
  };

  /** @param onChange - receives the log lines of changes. */
  constructor(onChange: (line: ChangeLine) => void) {
    this.#onChange = onChange;
  }

  /** The flow learns that this happened. */
  onHappened(kind: Kind): void {
    this.#count(this.#happened, kind);
  }

  /** @param report - receives what was not counted, at the end of a run. */
  check(report: (message: string) => void): void {
    for (const kind of COUNTED) {
      this.checks += 1;
      const [happened, reported] = [this.#happened.get(kind) ?? 0, this.#reported.get(kind) ?? 0];
      if (reported < happened)
        report(`"${kind}" happened ${happened} times, and is counted ${reported} times`);
    }
  }

  #count(counts: Map<Kind, number>, kind: Kind): void {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
}
