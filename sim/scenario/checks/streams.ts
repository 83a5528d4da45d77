import { validateRoutingSet } from '../../../lambda/domain/policy/routing-set.ts';
import { createProblem, type Path, type Problem } from '../../../lambda/domain/validation/problem.ts';
import { arrivalsProblems, curveProblems } from './arrivals.ts';
import { handlingProblems } from './durations.ts';
import { member } from './member.ts';

/**
 * The problems of a stream.
 *
 * @param shared - the arrivals of the scenario.
 * @param unknownQueue - returns the problem of a name that is no queue.
 */
export function streamProblems(
  stream: unknown,
  shared: unknown,
  path: Path,
  unknownQueue: (name: unknown, path: Path) => Problem[],
): Problem[] {
  return [
    ...unknownQueue(member(stream, 'queue'), [...path, 'queue']),
    ...routingProblems(stream, path),
    ...transfersOf(stream, path).flatMap(({ transfer, path }) => [
      ...unknownQueue(member(transfer, 'queue'), [...path, 'queue']),
      ...handlingProblems(member(transfer, 'handling'), [...path, 'handling']),
      ...routingProblems(transfer, path),
    ]),
    ...transferSumProblems(stream, path),
    ...arrivalsProblems(stream, shared, path),
    ...curveProblems(member(stream, 'arrivals'), [...path, 'arrivals']),
    ...['handling', 'ringing', 'afterContactWork'].flatMap((name) =>
      handlingProblems(member(stream, name), [...path, name]),
    ),
  ];
}

/** Unlike one request of UpdateContactRoutingData, a flow may set both priority and age, by two blocks. */
function routingProblems(holder: unknown, path: Path): Problem[] {
  return validateRoutingSet(member(holder, 'routing'), [...path, 'routing']).filter(
    ({ code }) => code !== 'priority-with-age',
  );
}

/** The transfers of a stream: one, or a list. */
function transfersOf(stream: unknown, streamPath: Path): { transfer: unknown; path: Path }[] {
  const transfer = member(stream, 'transfer');
  const path = [...streamPath, 'transfer'];
  if (!Array.isArray(transfer)) return [{ transfer, path }];
  return transfer.map((one: unknown, at) => ({ transfer: one, path: [...path, at] }));
}

function transferSumProblems(stream: unknown, path: Path): Problem[] {
  const sum = transfersOf(stream, path).reduce((total, { transfer }) => {
    const probability = member(transfer, 'probability');
    return total + (typeof probability === 'number' ? probability : 0);
  }, 0);
  // A single one above 1 is a problem of its own.
  if (sum <= 1 + 1e-6 || !Array.isArray(member(stream, 'transfer'))) return [];
  return [createProblem('transfers', [...path, 'transfer'], sum, 'probabilities that sum to at most 1')];
}
