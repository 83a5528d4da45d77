import type { Random } from '../random.ts';
import type { Schedule } from './schedule.ts';

/** Who is logged in during a run. No agent takes a contact: the scripts say who is answered. */
export interface Agents {
  /** When most of the agents of each queue log out, in milliseconds after the start of the run. */
  readonly shiftEndsMs: number;
  /** The languages that somebody speaks, during the whole run. */
  readonly languages: readonly string[];
}

/** The agents of each queue before and after the end of the shift. */
const STAFFED = { before: 3, after: 1 };

export function randomAgents(random: Random, { faultsEndMs }: Pick<Schedule, 'faultsEndMs'>): Agents {
  const shiftEndsMs = (0.1 + random() * 0.6) * faultsEndMs;
  const languages = ['English', 'French'].filter(() => random() < 0.6);
  return { shiftEndsMs, languages };
}

/** How many agents of a queue are logged in, so many milliseconds after the start of the run. */
export function staffedAfter(ms: number, { shiftEndsMs }: Agents): number {
  return ms < shiftEndsMs ? STAFFED.before : STAFFED.after;
}
