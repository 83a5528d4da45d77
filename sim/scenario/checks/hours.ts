import { createProblem, type Path, type Problem } from '../../../lambda/domain/validation/problem.ts';
import { breakWithin, leadingZeroHint, parseTimeRange, TIME_RANGE_FORM } from '../times.ts';
import { listOf, member } from './member.ts';

/** The problems of the hours and breaks of a group of agents. */
export function hoursProblems(group: unknown, path: Path): Problem[] {
  const [hours, breaks] = ['hours', 'breaks'].map((name) => listOf(member(group, name)));
  const invalid = (entries: readonly unknown[] = [], name: string) =>
    entries.flatMap((text, index) =>
      typeof text === 'string' && !parseTimeRange(text)
        ? [createProblem('hours', [...path, name, index], text, `${TIME_RANGE_FORM}${leadingZeroHint(text)}`)]
        : [],
    );
  const workingHours = (hours ?? []).flatMap((text) =>
    typeof text === 'string' ? (parseTimeRange(text) ?? []) : [],
  );
  const outside = (breaks ?? []).flatMap((text, index) => {
    const breakTime = typeof text === 'string' ? parseTimeRange(text) : undefined;
    return !breakTime || workingHours.some((range) => breakWithin(breakTime, range))
      ? []
      : [createProblem('hours', [...path, 'breaks', index], text, 'a break within the hours of the group')];
  });
  return [...invalid(hours, 'hours'), ...invalid(breaks, 'breaks'), ...outside];
}
