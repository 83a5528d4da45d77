import type { Calendar } from '../../calendar/calendar.ts';
import { timezoneAdviceOf } from '../../calendar/zone-advice.ts';
import { defined } from '../../json.ts';
import type { Pattern } from '../../pattern/index.ts';
import type { Path } from '../../validation/problem.ts';
import type { Policy, Step } from '../policy.ts';

import type { Accepted } from './accept.ts';

/** A pattern and its position in the policy. */
export interface LocatedPattern {
  readonly pattern: Pattern;
  readonly path: Path;
}

/** What is unwise about a time zone, and its position in the policy. */
interface ZoneAdvice {
  readonly path: Path;
  readonly advice: string;
}

/** The parts of a policy that warnings depend on. In a policy with problems, only the valid parts. */
export interface PartialPolicy {
  readonly name: string;
  readonly allowLower: boolean;
  readonly skipUnstaffed?: true;
  readonly accept?: Accepted;
  /** Percent; undefined if it is not valid. */
  readonly rollout?: number;
  /** Advice about the time zones that are written out in the policy. */
  readonly zones: readonly ZoneAdvice[];
  /** The valid patterns of `match` and of the steps' `when`. */
  readonly patterns: readonly LocatedPattern[];
  /** The steps before the first step with a problem. */
  readonly steps: readonly Step[];
}

/** Returns the parts of a valid policy. */
export function fromValidPolicy(policy: Policy): PartialPolicy {
  const { name, allowLower, skipUnstaffed, accept, rollout, during, clock, match, steps } = policy;
  return {
    name,
    allowLower,
    rollout,
    ...defined({ accept, skipUnstaffed }),
    zones: zonesWrittenIn(during, clock.calendar),
    steps,
    patterns: [
      ...(match ? [{ pattern: match, path: ['match'] }] : []),
      ...steps.flatMap(({ condition, sourceIndex }) =>
        condition ? [{ pattern: condition, path: ['steps', sourceIndex, 'when'] }] : [],
      ),
    ],
  };
}

/**
 * Advice about the time zones of calendars that a policy writes out. A calendar that policies share has a text of its own.
 *
 * @param during - of the hours in which the policy governs.
 * @param clock - of the hours that its clock counts.
 */
export function zonesWrittenIn(during: Calendar | undefined, clock: Calendar | undefined): ZoneAdvice[] {
  return [
    { path: ['during', 'timezone'], advice: timezoneAdviceOf(during) },
    { path: ['clock', 'in', 'timezone'], advice: timezoneAdviceOf(clock) },
  ].flatMap(({ path, advice }) => (advice === undefined ? [] : [{ path, advice }]));
}
