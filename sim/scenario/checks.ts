import { isObject } from '../../lambda/domain/json.ts';
import { nearest } from '../../lambda/domain/nearest.ts';
import { notOneOf, type Path, type Problem, problem } from '../../lambda/domain/problems.ts';
import { breakWithin, START_FORM, STRETCH_FORM, startOf, stretchOf, timeOfDayMs, zeroHint } from './times.ts';

/**
 * What is wrong with a scenario beyond its structure: what does not go together, and names that name nothing. It
 * may be anything, so that all problems are told at once.
 */
export function scenarioProblems(value: unknown): Problem[] {
  if (!isObject(value)) return [];
  const queues = listOf(value.queues);
  const streams = listOf(value.streams);
  const agents = listOf(value.agents);
  const queue = (name: unknown, path: Path) => unknownQueue(name, queues, path);
  return [
    ...(typeof value.start === 'string' && !startOf(value.start)
      ? [problem('not-allowed', ['start'], value.start, START_FORM)]
      : []),
    ...twice(queues, ['queues']),
    ...twice(streams.map(streamName), ['streams']),
    ...twice(
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

/** Names that are there twice, at the second one. */
function twice(names: readonly unknown[], path: Path): Problem[] {
  return names.flatMap((name, index) =>
    typeof name === 'string' && names.indexOf(name) < index
      ? [problem('name-twice', [...path, index], name, 'each name once; streams of one tier need names')]
      : [],
  );
}

function streamName(stream: unknown): unknown {
  return member(stream, 'name') ?? member(stream, 'tier');
}

function unknownQueue(name: unknown, queues: readonly unknown[], path: Path): Problem[] {
  // Without any queues that is what is wrong.
  if (typeof name !== 'string' || queues.length === 0 || queues.includes(name)) return [];
  const known = queues.map(String);
  return [problem('unknown-queue', path, name, `one of ${known.join(', ')}`, nearest(name, known))];
}

function arrivalsProblems(stream: unknown, shared: unknown, path: Path): Problem[] {
  const [own, share] = [member(stream, 'arrivals'), member(stream, 'share')];
  if ((own === undefined) === (share === undefined)) {
    return [notOneOf('stream-arrivals', path, ['arrivals', 'share'], own !== undefined)];
  }
  if (share === undefined) return [];
  const perHour = member(shared, 'perHour');
  return perHour === undefined
    ? [
        problem(
          'stream-arrivals',
          [...path, 'share'],
          share,
          'arrivals.perHour of the scenario, to have a share of',
        ),
      ]
    : [];
}

function curveProblems(arrivals: unknown, path: Path): Problem[] {
  if (!isObject(arrivals)) return [];
  const { perHour, file } = arrivals;
  if ((perHour === undefined) === (file === undefined)) {
    return [notOneOf('arrivals', path, ['perHour', 'file'], file !== undefined)];
  }
  if (!isObject(perHour)) return [];
  const times = Object.keys(perHour);
  if (times.length === 0) return [problem('arrivals', [...path, 'perHour'], {}, 'at least one time of day')];
  return times.flatMap((time) =>
    (timeOfDayMs(time) ?? Number.POSITIVE_INFINITY) < 86_400_000
      ? []
      : [
          problem(
            'arrivals',
            [...path, 'perHour', time],
            time,
            `a time of day from "00:00" to "23:59"${zeroHint(time)}`,
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
    : [problem('handling', path, handling, 'mean (with variation, if it is not 0.8), or median with sigma')];
}

function hoursProblems(group: unknown, path: Path): Problem[] {
  const [hours, breaks] = ['hours', 'breaks'].map((name) => listOf(member(group, name)));
  const bad = (entries: readonly unknown[] = [], name: string) =>
    entries.flatMap((text, index) =>
      typeof text === 'string' && !stretchOf(text)
        ? [problem('hours', [...path, name, index], text, `${STRETCH_FORM}${zeroHint(text)}`)]
        : [],
    );
  const work = (hours ?? []).flatMap((text) => (typeof text === 'string' ? (stretchOf(text) ?? []) : []));
  const outside = (breaks ?? []).flatMap((text, index) => {
    const rest = typeof text === 'string' ? stretchOf(text) : undefined;
    return !rest || work.some((stretch) => breakWithin(rest, stretch))
      ? []
      : [problem('hours', [...path, 'breaks', index], text, 'a break within the hours of the group')];
  });
  return [...bad(hours, 'hours'), ...bad(breaks, 'breaks'), ...outside];
}

function member(holder: unknown, name: string): unknown {
  return isObject(holder) && Object.hasOwn(holder, name) ? holder[name] : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
