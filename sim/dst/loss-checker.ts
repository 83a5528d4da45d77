import type { ChangeLine } from '../../lambda/domain/outgoing-events/lines.ts';
import type { UpdateResult } from '../../lambda/domain/reconcile/update-result.ts';
import type { Telemetry } from '../../lambda/flow/ports.ts';
import { NO_TELEMETRY } from '../virtual/no-telemetry.ts';

/** What happens, and must be counted. */
export type Loss = UpdateResult['kind'] | 'malformed' | 'failed message';

/** What Connect answers to an update and what is counted for it. The others are counted as rejected, or tried again. */
const COUNTED: readonly Loss[] = [
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
  readonly #happened = new Map<Loss, number>();
  readonly #reported = new Map<Loss, number>();
  readonly #onChange: (line: ChangeLine) => void;

  /** The telemetry of the processes. */
  readonly telemetry: Telemetry = {
    ...NO_TELEMETRY,
    changeReported: (line) => this.#onChange(line),
    changeApplied: () => this.onCounted('done'),
    callThrottled: () => this.onCounted('throttled'),
    outcomeUnknown: () => this.onCounted('unknown'),
    contactClosed: () => this.onCounted('gone'),
    accessDenied: () => this.onCounted('denied'),
    malformedMessage: () => this.onCounted('malformed'),
    messageFailed: () => this.onCounted('failed message'),
  };

  /** @param onChange - receives the log lines of changes. */
  constructor(onChange: (line: ChangeLine) => void) {
    this.#onChange = onChange;
  }

  /** The flow learns that this happened. */
  onHappened(kind: Loss): void {
    add(this.#happened, kind, 1);
  }

  /** The telemetry counts that this happened, once or so often. */
  onCounted(kind: Loss, times = 1): void {
    add(this.#reported, kind, times);
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
}

function add(counts: Map<Loss, number>, kind: Loss, times: number): void {
  counts.set(kind, (counts.get(kind) ?? 0) + times);
}
