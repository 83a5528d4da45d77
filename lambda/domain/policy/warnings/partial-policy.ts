import type { Calendar } from '../../calendar/calendar.ts';
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

/** A time zone and its position in the policy. */
interface WrittenTimezone {
  readonly timezone: string;
  readonly path: Path;
}

/** The time zones of the hours of a policy, as far as it writes them out: when it governs, and when its clock runs. */
export function writtenTimezones(
  during: Calendar | undefined,
  clock: Calendar | undefined,
): WrittenTimezone[] {
  const written = (calendar: Calendar | undefined, path: Path) =>
    calendar && calendar.name === undefined
      ? [{ timezone: calendar.timezone, path: [...path, 'timezone'] }]
      : [];
  return [...written(during, ['during']), ...written(clock, ['clock', 'in'])];
}

/** The parts of a policy that warnings depend on. In a policy with problems, only the valid parts. */
export interface PartialPolicy {
  readonly name: string;
  readonly allowLower: boolean;
  readonly accept?: Accepted;
  /** Percent; undefined if it is not valid. */
  readonly rollout?: number;
  /** The time zones of the valid hours that are written out. Those of shared calendars are warned of in their own texts. */
  readonly timezones: readonly WrittenTimezone[];
  /** The valid patterns of `match` and of the steps' `when`. */
  readonly patterns: readonly LocatedPattern[];
  /** The steps before the first step with a problem. */
  readonly steps: readonly Step[];
}

/** Returns the parts of a valid policy. */
export function fromValidPolicy(policy: Policy): PartialPolicy {
  const { name, allowLower, accept, rollout, during, clock, match, steps } = policy;
  return {
    name,
    allowLower,
    rollout,
    ...defined({ accept }),
    timezones: writtenTimezones(during, clock.calendar),
    steps,
    patterns: [
      ...(match ? [{ pattern: match, path: ['match'] }] : []),
      ...steps.flatMap(({ condition, sourceIndex }) =>
        condition ? [{ pattern: condition, path: ['steps', sourceIndex, 'when'] }] : [],
      ),
    ],
  };
}
