import { validateRoutingSet } from '../../../lambda/domain/policy/routing-set.ts';
import {
  createProblem,
  exactlyOneOfProblem,
  type Path,
  type Problem,
} from '../../../lambda/domain/validation/problem.ts';
import { isTimeOfDay, leadingZeroHint, parseStart, TIME_OF_DAY_FORM } from '../times.ts';
import { member } from './member.ts';
import { unknownName } from './unknown-name.ts';

const KINDS = ['signal', 'override', 'release', 'pause'] as const;

/** What goes with each kind of act, besides when it is done. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  signal: ['ttl', 'queue', 'tier', 'share'],
  override: ['ttl', 'queue', 'tier', 'share'],
  release: ['queue', 'tier', 'share'],
  pause: [],
};

/**
 * The problems of an act of a scenario.
 *
 * @param tiers - those of the streams.
 * @param unknownQueue - returns the problem of a name that is no queue.
 */
export function actProblems(
  act: unknown,
  tiers: readonly string[],
  path: Path,
  unknownQueue: (name: unknown, path: Path) => Problem[],
): Problem[] {
  const kinds = KINDS.filter((kind) => member(act, kind) !== undefined);
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    return [createProblem('act', path, act, `exactly one of ${KINDS.join(', ')}`)];
  }
  return [
    ...timeProblems(act, kind, path),
    ...['ttl', 'queue', 'tier', 'share'].flatMap((name) => {
      const value = member(act, name);
      if (value === undefined || ALLOWED[kind]?.includes(name)) return [];
      const allowed = `no ${name} with ${kind}${kind === 'pause' ? ', which stops all calls' : ''}`;
      return [createProblem('act', [...path, name], value, allowed)];
    }),
    ...validateRoutingSet(member(act, 'override'), [...path, 'override']),
    ...unknownQueue(member(act, 'queue'), [...path, 'queue']),
    ...unknownName('unknown-tier', member(act, 'tier'), tiers, [...path, 'tier']),
  ];
}

function timeProblems(act: unknown, kind: string, path: Path): Problem[] {
  const [at, after] = [member(act, 'at'), member(act, 'after')];
  if (kind === 'pause' && after !== undefined) {
    return [createProblem('act', [...path, 'after'], after, 'at, since a pause concerns no single contact')];
  }
  if ((at === undefined) === (after === undefined))
    return [exactlyOneOfProblem('act', path, ['at', 'after'], at !== undefined)];
  if (typeof at !== 'string' || isTimeOfDay(at) || parseStart(at)) return [];
  const allowed = `${TIME_OF_DAY_FORM}, or a time such as 2026-11-23T10:15:00+01:00${leadingZeroHint(at)}`;
  return [createProblem('act', [...path, 'at'], at, allowed)];
}
