import { isObject } from '../../../lambda/domain/json.ts';
import {
  createProblem,
  exactlyOneOfProblem,
  type Path,
  type Problem,
} from '../../../lambda/domain/validation/problem.ts';
import { isTimeOfDay, leadingZeroHint, TIME_OF_DAY_FORM } from '../times.ts';
import { member } from './member.ts';

/** The problems of where the contacts of a stream come from. @param shared - the arrivals of the scenario. */
export function arrivalsProblems(stream: unknown, shared: unknown, path: Path): Problem[] {
  const [own, share] = [member(stream, 'arrivals'), member(stream, 'share')];
  if ((own === undefined) === (share === undefined)) {
    return [exactlyOneOfProblem('stream-arrivals', path, ['arrivals', 'share'], own !== undefined)];
  }
  if (share === undefined) return [];
  const perHour = member(shared, 'perHour');
  return perHour === undefined
    ? [
        createProblem(
          'stream-arrivals',
          [...path, 'share'],
          share,
          'a scenario with arrivals.perHour, of which this is a share',
        ),
      ]
    : [];
}

/** The problems of the arrivals of a scenario or a stream. */
export function curveProblems(arrivals: unknown, path: Path): Problem[] {
  if (!isObject(arrivals)) return [];
  const { perHour, file, days } = arrivals;
  if ((perHour === undefined) === (file === undefined)) {
    return [exactlyOneOfProblem('arrivals', path, ['perHour', 'file'], file !== undefined)];
  }
  if (file !== undefined && days !== undefined) {
    return [
      createProblem(
        'arrivals',
        [...path, 'days'],
        days,
        'days only with perHour: a file lists every arrival',
      ),
    ];
  }
  return [
    ...rateProblems(perHour, [...path, 'perHour']),
    ...Object.entries(isObject(days) ? days : {}).flatMap(([day, rates]) =>
      rateProblems(rates, [...path, 'days', day]),
    ),
  ];
}

function rateProblems(perHour: unknown, path: Path): Problem[] {
  if (!isObject(perHour)) return [];
  const times = Object.keys(perHour);
  if (times.length === 0) return [createProblem('arrivals', path, {}, 'at least one time of day')];
  return times.flatMap((time) =>
    isTimeOfDay(time)
      ? []
      : [createProblem('arrivals', [...path, time], time, `${TIME_OF_DAY_FORM}${leadingZeroHint(time)}`)],
  );
}
