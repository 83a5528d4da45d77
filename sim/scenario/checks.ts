import { isObject } from '../../lambda/domain/json.ts';
import {
  createProblem,
  exactlyOneOfProblem,
  type Path,
  type Problem,
} from '../../lambda/domain/validation/problem.ts';
import { closestMatch } from '../../lambda/domain/validation/suggestion.ts';
import {
  breakWithin,
  leadingZeroHint,
  parseStart,
  parseTimeOfDay,
  parseTimeRange,
  START_FORM,
  TIME_RANGE_FORM,
} from './times.ts';

/**
 * The problems of a scenario beyond its structure: inconsistent members and unknown names. The value may be
 * anything, so that all problems are reported at once.
 */
export function scenarioProblems(value: unknown): Problem[] {
  if (!isObject(value)) return [];
  const queues = listOf(value.queues);
  const streams = listOf(value.streams);
  const agents = listOf(value.agents);
  const queue = (name: unknown, path: Path) => unknownQueue(name, queues, path);
  return [
    ...(typeof value.start === 'string' && !parseStart(value.start)
      ? [createProblem('not-allowed', ['start'], value.start, START_FORM)]
      : []),
    ...duplicateNames(queues, ['queues']),
    ...duplicateNames(streams.map(streamName), ['streams']),
    ...duplicateNames(
      agents.map((group) => member(group, 'name')),
      ['agents'],
    ),
    ...curveProblems(value.arrivals, ['arrivals']),
    ...agents.flatMap((group, index) => [
      ...listOf(member(group, 'queues')).flatMap((served, at) =>
        queue(member(served, 'queue'), ['agents', index, 'queues', at, 'queue']),
      ),
      ...hoursProblems(group, ['agents', index]),
    ]),
    ...streams.flatMap((stream, index) => [
      ...queue(member(stream, 'queue'), ['streams', index, 'queue']),
      ...queue(member(member(stream, 'transfer'), 'queue'), ['streams', index, 'transfer', 'queue']),
      ...arrivalsProblems(stream, value.arrivals, ['streams', index]),
      ...curveProblems(member(stream, 'arrivals'), ['streams', index, 'arrivals']),
      ...handlingProblems(member(stream, 'handling'), ['streams', index, 'handling']),
      ...handlingProblems(member(member(stream, 'transfer'), 'handling'), [
        'streams',
        index,
        'transfer',
        'handling',
      ]),
    ]),
  ];
}

/** Duplicate names, reported at the second occurrence. */
function duplicateNames(names: readonly unknown[], path: Path): Problem[] {
  return names.flatMap((name, index) =>
    typeof name === 'string' && names.indexOf(name) < index
      ? [
          createProblem(
            'name-twice',
            [...path, index],
            name,
            'a unique name; streams of the same tier need names',
          ),
        ]
      : [],
  );
}

function streamName(stream: unknown): unknown {
  return member(stream, 'name') ?? member(stream, 'tier');
}

function unknownQueue(name: unknown, queues: readonly unknown[], path: Path): Problem[] {
  // A missing list of queues is a problem of its own.
  if (typeof name !== 'string' || queues.length === 0 || queues.includes(name)) return [];
  const known = queues.map(String);
  return [
    createProblem('unknown-queue', path, name, `one of ${known.join(', ')}`, closestMatch(name, known)),
  ];
}

function arrivalsProblems(stream: unknown, shared: unknown, path: Path): Problem[] {
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

function curveProblems(arrivals: unknown, path: Path): Problem[] {
  if (!isObject(arrivals)) return [];
  const { perHour, file } = arrivals;
  if ((perHour === undefined) === (file === undefined)) {
    return [exactlyOneOfProblem('arrivals', path, ['perHour', 'file'], file !== undefined)];
  }
  if (!isObject(perHour)) return [];
  const times = Object.keys(perHour);
  if (times.length === 0)
    return [createProblem('arrivals', [...path, 'perHour'], {}, 'at least one time of day')];
  return times.flatMap((time) =>
    (parseTimeOfDay(time) ?? Number.POSITIVE_INFINITY) < 86_400_000
      ? []
      : [
          createProblem(
            'arrivals',
            [...path, 'perHour', time],
            time,
            `a time of day from "00:00" to "23:59"${leadingZeroHint(time)}`,
          ),
        ],
  );
}

function handlingProblems(handling: unknown, path: Path): Problem[] {
  if (!isObject(handling)) return [];
  const { mean, median, variation, sigma } = handling;
  const byMean = mean !== undefined && median === undefined && sigma === undefined;
  const byMedian =
    median !== undefined && mean === undefined && variation === undefined && sigma !== undefined;
  return byMean || byMedian
    ? []
    : [createProblem('handling', path, handling, 'mean (with variation, default 0.8), or median with sigma')];
}

function hoursProblems(group: unknown, path: Path): Problem[] {
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

function member(holder: unknown, name: string): unknown {
  return isObject(holder) && Object.hasOwn(holder, name) ? holder[name] : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
