/** How long a run lasts: most are short and eventful; in some, contacts wait for days. */
export type Span = 'minutes' | 'days';

/** The times of a run, in milliseconds after its start. */
export interface Schedule {
  /** Contacts arrive within this time. */
  readonly arrivalsMs: number;
  /** All scripted events occur within this time. */
  readonly scriptMs: number;
  /** The times at which the policies of the runs reach steps, after the arrival. */
  readonly stepsAtMs: readonly number[];
  /** The factor of what lasts for minutes in a short run: signals, overrides and pauses. */
  readonly scale: number;
  /** Faults are injected until this time. Afterwards the system must converge. */
  readonly faultsEndMs: number;
  /** The time of the redrive: all retries have been made by then. */
  readonly redriveMs: number;
  /** The end of the run: all work has been done by then. */
  readonly endMs: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export const SCHEDULES: Readonly<Record<Span, Schedule>> = {
  minutes: {
    arrivalsMs: 200_000,
    scriptMs: 480_000,
    stepsAtMs: [0, 5, 10, 15, 20, 25, 30, 45, 60, 80, 90, 120].map((seconds) => seconds * 1_000),
    scale: 1,
    ...endsAfter(10 * MINUTE_MS),
  },
  days: {
    arrivalsMs: 6 * HOUR_MS,
    scriptMs: 36 * HOUR_MS,
    stepsAtMs: [0, 0.5, 1, 2, 3, 8, 20, 24].map((hours) => hours * HOUR_MS),
    scale: 200,
    ...endsAfter(40 * HOUR_MS),
  },
};

function endsAfter(faultsEndMs: number) {
  const redriveMs = faultsEndMs + 45 * MINUTE_MS;
  return { faultsEndMs, redriveMs, endMs: redriveMs + 25 * MINUTE_MS };
}
