import { isObject } from '../json.ts';
import { routingCriteriaProblems } from '../routing/criteria-problems.ts';
import type { Routing } from '../routing/routing.ts';
import type { Path, Problem } from '../validation/problem.ts';
import { type CompiledSet, compileSetWith } from './compiled-set.ts';
import type { RouteContext } from './route/clauses.ts';
import { parseRoute } from './route/parse.ts';
import type { RoutingSetSource } from './schema.ts';

/**
 * Returns the problems of a `set` that the schema cannot express.
 *
 * @param value - any value, as parsed from JSON or YAML.
 * @param path - the position of the value in its document.
 * @param context - what routes may name besides texts; absent for an override.
 */
export function validateRoutingSet(value: unknown, path: Path, context?: RouteContext): Problem[] {
  if (!isObject(value)) return [];
  const problems: Problem[] = [];
  if (value.priority !== undefined && value.age !== undefined) {
    problems.push({
      code: 'priority-with-age',
      path: [...path, 'age'],
      message:
        'Found both priority and age; expected one of them, because Connect accepts only one per request. ' +
        'Set the other in a later step.',
      found: { priority: value.priority, age: value.age },
      allowed: 'priority or age',
    });
  }
  if (Object.keys(value).length === 0) {
    problems.push({
      code: 'sets-nothing',
      path,
      message: 'Found an empty set; expected priority, age, routingCriteria or route.',
      found: value,
      allowed: 'priority, age, routingCriteria or route',
    });
  }
  if (value.routingCriteria !== undefined && value.route !== undefined) {
    problems.push({
      code: 'criteria-twice',
      path: [...path, 'route'],
      message:
        'Found both routingCriteria and route; expected one of them: ' +
        'route is the short form of routingCriteria.',
      found: value.route,
      allowed: 'routingCriteria or route',
    });
  }
  if (value.route !== undefined) {
    problems.push(...parseRoute(value.route, [...path, 'route'], context).problems);
  }
  if (value.routingCriteria !== undefined) {
    problems.push(
      ...routingCriteriaProblems(value.routingCriteria).map((problem) => ({
        ...problem,
        path: [...path, 'routingCriteria', ...problem.path],
      })),
    );
  }
  return problems;
}

/** Converts a valid `set` of an override to routing. */
export function routingFromSet(source: RoutingSetSource): Routing {
  return compileSet(source).set;
}

/** Compiles a valid `set`. @param context - what its route may name besides texts; absent for an override. */
export function compileSet(source: RoutingSetSource, context?: RouteContext): CompiledSet {
  return compileSetWith(
    source,
    source.route === undefined ? undefined : parseRoute(source.route, [], context),
  );
}
