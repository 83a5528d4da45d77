import { formatDuration } from '../../lambda/domain/duration.ts';
import { formatStep } from '../../lambda/domain/policy/route/format.ts';
import type { RoutingCriteria } from '../../lambda/domain/routing/criteria.ts';
import type { Routing } from '../../lambda/domain/routing/routing.ts';

/** Routing as text: `priority 1, route Language:English >= 3 for 45s, then Language:English >= 1`. */
export function formatRouting({ priority, ageSeconds, criteria }: Routing): string {
  const parts = [
    ...(priority === undefined ? [] : [`priority ${priority}`]),
    ...(ageSeconds === undefined ? [] : [`age ${formatDuration(ageSeconds)}`]),
    ...(criteria === undefined ? [] : [`route ${formatCriteria(criteria)}`]),
  ];
  return parts.join(', ') || 'nothing';
}

/** The steps of routing criteria in the short form of policies: `Language:English >= 3 for 45s, then ...`. */
export function formatCriteria({ Steps }: RoutingCriteria): string {
  return Steps.map(formatStep).join(', then ');
}
