import { durationSeconds } from '../duration.ts';
import { defined } from '../json.ts';
import type { RoutingCriteria } from '../routing/criteria.ts';
import type { Routing } from '../routing/routing.ts';
import type { RoutePlace } from './route/values.ts';
import type { RoutingSetSource } from './schema.ts';

/** A compiled `set`: its routing, and where in the criteria values of the contact stand. */
export interface CompiledSet {
  readonly set: Routing;
  readonly values?: readonly RoutePlace[];
}

/** What a route says: criteria, and where in them values of the contact stand. */
export interface ParsedRoute {
  readonly criteria?: RoutingCriteria;
  readonly values?: readonly RoutePlace[];
}

/** Compiles a valid `set` whose route, if it has one, is parsed already. */
export function compileSetWith(source: RoutingSetSource, route: ParsedRoute | undefined): CompiledSet {
  const criteria = route ? route.criteria : (source.routingCriteria as RoutingCriteria | undefined);
  const ageSeconds = source.age === undefined ? undefined : durationSeconds(source.age);
  return defined({
    set: defined({ priority: source.priority, ageSeconds, criteria }),
    values: route?.values,
  });
}
