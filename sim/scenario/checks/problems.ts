import { isObject } from '../../../lambda/domain/json.ts';
import { createProblem, type Path, type Problem } from '../../../lambda/domain/validation/problem.ts';
import { parseStart, START_FORM } from '../times.ts';
import { actProblems } from './acts.ts';
import { curveProblems } from './arrivals.ts';
import { handlingProblems } from './durations.ts';
import { fittedProblems } from './fitted.ts';
import { hoursProblems } from './hours.ts';
import { listOf, member } from './member.ts';
import { streamProblems } from './streams.ts';
import { unknownName } from './unknown-name.ts';

/**
 * The problems of a scenario beyond its structure: inconsistent members and unknown names. The value may be
 * anything, so that all problems are reported at once.
 */
export function scenarioProblems(value: unknown): Problem[] {
  if (!isObject(value)) return [];
  const queues = listOf(value.queues);
  const streams = listOf(value.streams);
  const agents = listOf(value.agents);
  const tiers = [...new Set(streams.flatMap(tierOf))];
  const queue = (name: unknown, path: Path) => unknownName('unknown-queue', name, queues, path);
  return [
    ...(typeof value.start === 'string' && !parseStart(value.start)
      ? [createProblem('not-allowed', ['start'], value.start, START_FORM)]
      : []),
    ...fittedProblems(value.fitted),
    ...duplicateNames(queues, ['queues']),
    ...duplicateNames(streams.map(streamName), ['streams']),
    ...duplicateNames(
      agents.map((group) => member(group, 'name')),
      ['agents'],
    ),
    ...curveProblems(value.arrivals, ['arrivals']),
    ...['ringing', 'afterContactWork'].flatMap((name) => handlingProblems(value[name], [name])),
    ...agents.flatMap((group, index) => [
      ...listOf(member(group, 'queues')).flatMap((served, at) =>
        queue(member(served, 'queue'), ['agents', index, 'queues', at, 'queue']),
      ),
      ...idProblems(agents, index),
      ...hoursProblems(group, ['agents', index]),
    ]),
    ...streams.flatMap((stream, index) => streamProblems(stream, value.arrivals, ['streams', index], queue)),
    ...listOf(value.acts).flatMap((act, index) => actProblems(act, tiers, ['acts', index], queue)),
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

/** Each agent has one id. */
function idProblems(agents: readonly unknown[], index: number): Problem[] {
  const group = agents[index];
  const ids = listOf(member(group, 'ids'));
  const count = member(group, 'count');
  const before = agents.slice(0, index).flatMap((other) => listOf(member(other, 'ids')));
  return [
    ...(typeof count === 'number' && ids.length > count
      ? [
          createProblem(
            'agent-ids',
            ['agents', index, 'ids'],
            ids.length,
            `at most ${count} ids, the count of the group`,
          ),
        ]
      : []),
    ...ids.flatMap((id, at) =>
      before.includes(id) || ids.indexOf(id) < at
        ? [createProblem('agent-ids', ['agents', index, 'ids', at], id, 'an id that no other agent has')]
        : [],
    ),
  ];
}

function tierOf(stream: unknown): string[] {
  const tier = member(stream, 'tier');
  return typeof tier === 'string' ? [tier] : [];
}
