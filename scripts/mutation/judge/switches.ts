import { COUNT_WORK, IS_ON } from '../instrument.ts';

/** What was done in a stretch of time. */
export interface Observation {
  /** The mutants that the code came by. */
  readonly reached: ReadonlySet<number>;
  /** Calls of functions and rounds of loops. */
  readonly work: number;
}

/** A mutant keeps the code busy for far longer than it was without it. */
export class TooMuchWorkError extends Error {
  override readonly name = 'TooMuchWorkError';
}

let active = 0;
let reached = new Set<number>();
let isRecording = true;
let work = 0;
let mostWork = Number.POSITIVE_INFINITY;
let stretches = 0;

/** Makes the functions that the instrumented code calls. */
export function installSwitches(): void {
  Object.assign(globalThis, {
    [IS_ON]: (id: number) => {
      if (isRecording) reached.add(id);
      return id === active;
    },
    [COUNT_WORK]: () => {
      work += 1;
      if (work > mostWork) throw new TooMuchWorkError(`more than ${mostWork} calls and rounds`);
    },
  });
}

/**
 * Switches one mutant on and all others off; 0: all off. From then on it is not recorded which ones are reached, which
 * takes most of the time of a test.
 */
export function switchOn(id: number): void {
  active = id;
  isRecording = false;
}

/** Starts a stretch of observation, in which the code may do only so much work. */
export function startObserving(workLimit = Number.POSITIVE_INFINITY): void {
  reached = new Set();
  work = 0;
  mostWork = workLimit;
  stretches += 1;
}

/** The number of the present stretch of observation: each test is one. */
export function stretch(): number {
  return stretches;
}

/** What happened since the start. */
export function observed(): Observation {
  return { reached, work };
}
