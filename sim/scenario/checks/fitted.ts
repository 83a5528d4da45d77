import { isTimezone } from '../../../lambda/domain/calendar/time-zone.ts';
import { createProblem, type Problem } from '../../../lambda/domain/validation/problem.ts';
import { parseStart, START_FORM } from '../times.ts';
import { member } from './member.ts';

/** The problems of what says to which recording a scenario was fitted. */
export function fittedProblems(fitted: unknown): Problem[] {
  const [from, to, timezone] = ['from', 'to', 'timezone'].map((name) => member(fitted, name));
  const [begins, ends] = [from, to].map((time) =>
    typeof time === 'string' ? parseStart(time)?.startsAt : undefined,
  );
  return [
    ...[
      { name: 'from', time: from },
      { name: 'to', time: to },
    ].flatMap(({ name, time }) =>
      typeof time === 'string' && !parseStart(time)
        ? [createProblem('not-allowed', ['fitted', name], time, START_FORM)]
        : [],
    ),
    ...(begins !== undefined && ends !== undefined && ends < begins
      ? [createProblem('not-allowed', ['fitted', 'to'], to, 'a time that is not before fitted.from')]
      : []),
    ...(typeof timezone === 'string' && !isTimezone(timezone)
      ? [
          createProblem(
            'not-allowed',
            ['fitted', 'timezone'],
            timezone,
            'a time zone of the IANA database, such as Europe/Berlin or UTC',
          ),
        ]
      : []),
  ];
}
