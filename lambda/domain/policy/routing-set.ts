import { durationSeconds } from '../duration.ts';
import { isObject } from '../json.ts';
import type { RoutingCriteria } from '../routing/criteria.ts';
import { routingCriteriaProblems } from '../routing/criteria-problems.ts';
import type { Routing } from '../routing/routing.ts';
import type { Path, Problem } from '../validation/problem.ts';
import { parseRoute } from './route/parse.ts';
import type { RoutingSetSource } from './schema.ts';

/** What is wrong with a `set` beyond its structure: of any value, at the given place in its document. */
export function validateRoutingSet(value: unknown, path: Path): Problem[] {
  if (!isObject(value)) return [];
  const problems: Problem[] = [];
  if (value.priority !== undefined && value.age !== undefined) {
    problems.push({
      code: 'priority-with-age',
      path: [...path, 'age'],
      message:
        'Found both priority and age; expected one of them, since Connect takes only one in a request. ' +
        'Set the other in a step of its own.',
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
        'Found both routingCriteria and route; expected one of them: route is the short form of the other.',
      found: value.route,
      allowed: 'routingCriteria or route',
    });
  }
  if (value.route !== undefined) problems.push(...parseRoute(value.route, [...path, 'route']).problems);
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

/** A checked `set` as routing. */
export function routingFromSet(source: RoutingSetSource): Routing {
  const criteria =
    source.route === undefined
      ? (source.routingCriteria as RoutingCriteria | undefined)
      : parseRoute(source.route, []).criteria;
  const ageSeconds = source.age === undefined ? undefined : durationSeconds(source.age);
  return {
    ...(source.priority === undefined ? {} : { priority: source.priority }),
    ...(ageSeconds === undefined ? {} : { ageSeconds }),
    ...(criteria === undefined ? {} : { criteria }),
  };
}
