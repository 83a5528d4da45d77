/** `failure`: the system does not do its work, or will not. `warning`: look at it today. */
export type Level = 'ok' | 'warning' | 'failure';

/** What one look at a deployment found. */
export interface Finding {
  /** What was looked at, such as `Schedule`. */
  readonly check: string;
  readonly level: Level;
  /** What was found. */
  readonly text: string;
  /** What to do next. Absent where nothing is to be done. */
  readonly next?: string;
}

/** A finding without its check. */
export type Verdict = Omit<Finding, 'check'>;

export function ok(text: string): Verdict {
  return { level: 'ok', text };
}

export function warning(text: string, next: string): Verdict {
  return { level: 'warning', text, next };
}

export function failure(text: string, next: string): Verdict {
  return { level: 'failure', text, next };
}
