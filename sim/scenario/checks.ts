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
      ...transfersOf(stream, index).flatMap(({ transfer, path }) => [
        ...queue(member(transfer, 'queue'), [...path, 'queue']),
        ...handlingProblems(member(transfer, 'handling'), [...path, 'handling']),
      ]),
      ...transferSumProblems(stream, index),
      ...arrivalsProblems(stream, value.arrivals, ['streams', index]),
      ...curveProblems(member(stream, 'arrivals'), ['streams', index, 'arrivals']),
      ...handlingProblems(member(stream, 'handling'), ['streams', index, 'handling']),
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
    (parseTimeOfDay(time) ?? Number.POSITIVE_INFINITY) < 86_400_000
      ? []
      : [
          createProblem(
            'arrivals',
            [...path, time],
            time,
            `a time of day from "00:00" to "23:59"${leadingZeroHint(time)}`,
          ),
        ],
  );
}

function handlingProblems(handling: unknown, path: Path): Problem[] {
  if (!isObject(handling)) return [];
  const given = ['mean', 'variation', 'median', 'sigma', 'values'].filter(
    (name) => handling[name] !== undefined,
  );
  const isAllowed = ['mean', 'mean variation', 'median sigma', 'values'].includes(given.join(' '));
  const allowed = 'mean (with variation, default 0.8), or median with sigma, or values';
  return isAllowed ? [] : [createProblem('handling', path, handling, allowed)];
}

/** The transfers of a stream: one, or a list. */
function transfersOf(stream: unknown, index: number): { transfer: unknown; path: Path }[] {
  const transfer = member(stream, 'transfer');
  const path = ['streams', index, 'transfer'];
  if (!Array.isArray(transfer)) return [{ transfer, path }];
  return transfer.map((one: unknown, at) => ({ transfer: one, path: [...path, at] }));
}

function transferSumProblems(stream: unknown, index: number): Problem[] {
  const sum = transfersOf(stream, index).reduce((total, { transfer }) => {
    const probability = member(transfer, 'probability');
    return total + (typeof probability === 'number' ? probability : 0);
  }, 0);
  // A single one above 1 is a problem of its own.
  if (sum <= 1 + 1e-6 || !Array.isArray(member(stream, 'transfer'))) return [];
  return [
    createProblem('transfers', ['streams', index, 'transfer'], sum, 'probabilities that sum to at most 1'),
  ];
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
